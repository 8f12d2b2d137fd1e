// Plain enough for a phone that cannot check: it says so, or fetches the check.
(function () {
  var roots = document.querySelectorAll("[data-verifier-root]");
  var able =
    typeof BigInt === "function" && typeof Promise === "function" && typeof AbortController === "function";
  var fetched = false;
  var fetchCheck = function (root) {
    if (fetched) return;
    fetched = true;
    var script = document.createElement("script");
    script.src = root.getAttribute("data-script");
    document.head.appendChild(script);
  };
  var show = function (root, name, visible) {
    var found = root.querySelector('[data-verifier="' + name + '"]');
    if (found) found.hidden = !visible;
    return found;
  };
  var prepare = function (root) {
    if (!able) return void show(root, "old", true);
    if (root.getAttribute("data-script") === null) return;
    var start = show(root, "start", true);
    if (!start || location.hash.startsWith("#r=")) return fetchCheck(root);
    start.addEventListener("click", function () {
      start.hidden = true;
      root.setAttribute("data-now", "");
      fetchCheck(root);
    });
  };
  for (var at = 0; at < roots.length; at += 1) prepare(roots[at]);
})();

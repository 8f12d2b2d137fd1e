import { expect } from "chai";
import { html, joined } from "../../web/html.ts";

describe("html", () => {
  it("escapes every value that is not markup, in text and in attributes", () => {
    const hostile = `<script>alert("1")</script>&'`;
    expect(html`<p title="${hostile}">${hostile}</p>`.toString()).to.equal(
      `<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">` +
        `&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</p>`,
    );
  });

  it("lets its own results through once, however deep they are nested", () => {
    const inner = html`<b>${"a<b"}</b>`;
    const items = [1, 2n].map((item) => html`<i>${item}${[inner]}</i>`);
    expect(html`<p>${items}</p>`.toString()).to.equal("<p><i>1<b>a&lt;b</b></i><i>2<b>a&lt;b</b></i></p>");
  });

  it("prints nothing for what is absent, and zero for zero", () => {
    expect(html`[${undefined}${false}${0}${0n}${""}]`.toString()).to.equal("[00]");
  });

  it("joins pieces with separators that are text too", () => {
    expect(joined(["a", html`<i>b</i>`, "c"], ", ", " & ").toString()).to.equal("a, <i>b</i> &amp; c");
  });
});

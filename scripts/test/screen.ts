/**
 * Shows what parts print, one part after the other, however many of them run at once: the one in front as it prints, those
 * behind it from the moment that all before them have ended.
 */

/** Where one part prints. */
export interface Section {
  readonly write: (text: string) => void;
  readonly end: () => void;
}

interface Waiting {
  text: string;
  isOver: boolean;
}

const lineLength = 70;

export class Screen {
  readonly #show: (text: string) => void;
  readonly #sections: Waiting[] = [];

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  begin(name: string): Section {
    const title = `\n── ${name} ${"─".repeat(Math.max(3, lineLength - name.length))}\n`;
    const section: Waiting = { text: title, isOver: false };
    this.#sections.push(section);
    this.#advance();
    return {
      write: (text) => {
        section.text += text;
        this.#advance();
      },
      end: () => {
        section.isOver = true;
        this.#advance();
      },
    };
  }

  #advance(): void {
    for (let front = this.#sections[0]; front !== undefined; front = this.#sections[0]) {
      if (front.text !== "") this.#show(front.text);
      front.text = "";
      if (!front.isOver) return;
      this.#sections.shift();
    }
  }
}

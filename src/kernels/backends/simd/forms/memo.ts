/** Answers that take long to find, and are asked for again by the next compilation; when there are too many, all are forgotten. */
export class Memo<T> {
  private readonly known = new Map<string, { readonly answer: T }>();
  private readonly most: number;

  constructor(most = 256) {
    this.most = most;
  }

  /** @param question the whole of it, in words */
  answer(question: string, find: () => T): T {
    const known = this.known.get(question);
    if (known !== undefined) return known.answer;
    const answer = find();
    if (this.known.size >= this.most) this.known.clear();
    this.known.set(question, { answer });
    return answer;
  }
}

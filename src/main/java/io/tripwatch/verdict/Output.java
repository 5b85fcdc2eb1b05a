package io.tripwatch.verdict;

/** One revision of something published: whoever keeps the last one by id has the truth. */
public sealed interface Output permits Alert, Statement {
  /** Where it is published. */
  OutputTopic topic();

  /** What it is about, within its topic. */
  String id();

  /** Raised by hand when the job is started without its state. */
  int epoch();

  /** 1, 2, … within an epoch, without gaps. */
  int revision();

  /** Whether this revision takes back what was said. */
  boolean isGone();

  /** The same in another revision, as what it is then. */
  Output revised(int revision, Change change);

  /** The same in another revision, taken back. */
  Output takenBack(int revision, Cause cause);

  /** Whether another one says the same, leaving out its revision. */
  boolean saysTheSameAs(Output other);

  /** What a revision does to what was said before. */
  enum Change {
    /** Nothing was said, or it was taken back. */
    SAID,
    /** Something else was said. */
    CORRECTED
  }
}

package io.tripwatch.codec;

/** A settings text is not well-formed: the message says where, what, and what to do. */
public final class SettingsSyntaxException extends RuntimeException {
  private final int line;
  private final int column;

  SettingsSyntaxException(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
    this.line = line;
    this.column = column;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1. */
  public int column() {
    return column;
  }
}

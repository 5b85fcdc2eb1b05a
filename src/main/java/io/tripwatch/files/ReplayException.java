package io.tripwatch.files;

import java.io.IOException;

/** A replay that cannot go on. The message is for people: what, where, and what to do. */
public final class ReplayException extends IOException {
  /** With no cause worth showing. */
  public ReplayException(String message) {
    super(message);
  }

  /** With what led to it. */
  public ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}

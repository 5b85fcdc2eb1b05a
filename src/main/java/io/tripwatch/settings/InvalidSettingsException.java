package io.tripwatch.settings;

import java.util.List;

/** Settings that cannot be used, with every error found. */
public final class InvalidSettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  /** With errors that each name path, value, limit and remedy. */
  public InvalidSettingsException(List<String> errors) {
    super(String.join("; ", errors));
    this.errors = List.copyOf(errors);
  }

  /** Each error by itself. */
  public List<String> errors() {
    return errors;
  }
}

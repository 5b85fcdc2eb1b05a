package io.tripwatch.settings;

/** How grave an alert is. */
public enum Severity {
  INFO,
  WARNING,
  MAJOR,
  CRITICAL
}

package io.tripwatch.codec;

import io.tripwatch.event.DeadLetter;
import java.util.List;
import java.util.Map;

/** A record is not of its topic's form. Without a stack trace: refusals are data, not bugs. */
final class Refusal extends Exception {
  final DeadLetter.Reason reason;

  Refusal(DeadLetter.Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static Refusal missing(String field, String remedy) {
    return new Refusal(
        DeadLetter.Reason.MISSING_FIELD, field + " is absent or null; it must be " + remedy);
  }

  static Refusal bad(String field, Object value, String remedy) {
    return new Refusal(
        DeadLetter.Reason.BAD_FIELD, field + " is " + shown(value) + "; it must be " + remedy);
  }

  /** A field of the right type in which there are errors: all are told, as far as there is room. */
  static Refusal unusable(String field, List<String> errors) {
    StringBuilder detail = new StringBuilder(field).append(" cannot be used: ");
    for (int i = 0; i < errors.size(); i++) {
      String error = printable(errors.get(i), Limits.MAX_ERROR_CHARS);
      if (detail.length() + error.length() > Limits.MAX_ERRORS_CHARS) {
        detail.append("; and ").append(errors.size() - i).append(" more errors");
        break;
      }
      detail.append(i == 0 ? "" : "; ").append(error);
    }
    return new Refusal(DeadLetter.Reason.BAD_FIELD, detail.toString());
  }

  /** A value as an error quotes it: short, on one line, and always valid Unicode. */
  static String shown(Object value) {
    if (value instanceof String text) {
      return '"' + clipped(text) + '"';
    }
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "an array";
    }
    return clipped(String.valueOf(value));
  }

  static String clipped(String text) {
    return printable(text, Limits.MAX_QUOTED_CHARS);
  }

  /** What a parser says may quote half a surrogate pair, or all of a long record. */
  static String problem(String text) {
    return printable(text.replaceAll("\\s+", " "), Limits.MAX_PROBLEM_CHARS);
  }

  private static String printable(String text, int maxChars) {
    StringBuilder out = new StringBuilder();
    int chars = 0;
    for (int at = 0; at < text.length(); ) {
      if (chars++ == maxChars) {
        return out.append('…').toString();
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean unprintable = Character.isISOControl(c) || isSurrogate(c);
      out.appendCodePoint(unprintable ? '\uFFFD' : c);
    }
    return out.toString();
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}

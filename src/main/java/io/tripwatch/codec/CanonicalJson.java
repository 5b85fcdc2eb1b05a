package io.tripwatch.codec;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in one single form: keys sorted by UTF-16 code units, no spaces, strings escaped only where
 * they must be, numbers by their value alone. As RFC 8785, but that numbers are never rounded to a
 * double: {@code 1.0}, {@code 1} and {@code 10e-1} are {@code 1}, an integer keeps all its digits.
 */
final class CanonicalJson {
  /** What {@code receivedAt} says is not part of an event's content. */
  private static final String RECEIVED_AT = "receivedAt";

  /** RFC 8785: integers of up to 21 digits are written out. */
  private static final int MAX_PLAIN_DIGITS = 21;

  /** RFC 8785: up to so many zeros follow the point before the exponent form is taken. */
  private static final int MAX_LEADING_ZEROS = 6;

  private CanonicalJson() {}

  /** A whole record, leaving out its own receivedAt (not that of objects inside it). */
  static String ofRecord(Map<String, Object> record) {
    Map<String, Object> content = new TreeMap<>(record);
    content.remove(RECEIVED_AT);
    return of(content);
  }

  /** Any tree of maps, lists, strings, {@link JsonTree.Num}, booleans and nulls. */
  static String of(Object tree) {
    StringBuilder out = new StringBuilder();
    write(out, tree);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> object) {
      char separator = '{';
      for (Map.Entry<?, ?> entry : new TreeMap<>(object).entrySet()) {
        out.append(separator);
        separator = ',';
        string(out, (String) entry.getKey());
        out.append(':');
        write(out, entry.getValue());
      }
      out.append(separator == '{' ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      char separator = '[';
      for (Object element : array) {
        out.append(separator);
        separator = ',';
        write(out, element);
      }
      out.append(separator == '[' ? "[]" : "]");
    } else if (value instanceof String text) {
      string(out, text);
    } else if (value instanceof JsonTree.Num number) {
      number(out, number.text());
    } else {
      out.append(value);
    }
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Half a surrogate pair has no UTF-8: it stays escaped, as it must have come.
          if (c < ' ' || Refusal.isSurrogate(c)) {
            out.append(String.format("\\u%04x", c));
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The number as 0.digits × 10^point, then in the layout of RFC 8785. */
  private static void number(StringBuilder out, String text) {
    boolean negative = text.charAt(0) == '-';
    int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = text.substring(negative ? 1 : 0, exponentAt < 0 ? text.length() : exponentAt);
    int dot = mantissa.indexOf('.');
    String digits = dot < 0 ? mantissa : mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    int end = digits.length();
    while (end > first && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (first == end) {
      out.append('0');
      return;
    }
    BigInteger exponent =
        exponentAt < 0 ? BigInteger.ZERO : new BigInteger(text.substring(exponentAt + 1));
    BigInteger point =
        exponent.add(BigInteger.valueOf((dot < 0 ? mantissa.length() : dot) - (long) first));
    if (negative) {
      out.append('-');
    }
    layout(out, digits.substring(first, end), point);
  }

  private static void layout(StringBuilder out, String digits, BigInteger point) {
    boolean plain =
        point.compareTo(BigInteger.valueOf(MAX_PLAIN_DIGITS)) <= 0
            && point.compareTo(BigInteger.valueOf(-MAX_LEADING_ZEROS)) > 0;
    if (!plain) {
      BigInteger exponent = point.subtract(BigInteger.ONE);
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      out.append('e').append(exponent.signum() < 0 ? "" : "+").append(exponent);
      return;
    }
    int at = point.intValueExact();
    if (at <= 0) {
      out.append("0.").append("0".repeat(-at)).append(digits);
    } else if (at >= digits.length()) {
      out.append(digits).append("0".repeat(at - digits.length()));
    } else {
      out.append(digits, 0, at).append('.').append(digits, at, digits.length());
    }
  }
}

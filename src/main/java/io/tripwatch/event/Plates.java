package io.tripwatch.event;

import java.text.Normalizer;
import java.util.Locale;

/** How plates are compared: terminals and people write one and the same plate in many ways. */
public final class Plates {
  private static final char FIRST_IDEOGRAPH = '\u4E00';

  /** The last of the first Unicode version: no later one changes what these are. */
  private static final char LAST_IDEOGRAPH = '\u9FA5';

  private Plates() {}

  /**
   * What two plates of one car have in common: the letters and decimal digits (Unicode L and Nd) of
   * the plate after NFKC, in upper case of the root locale. Empty for a plate that has none, which
   * no record may have.
   */
  public static String key(String plate) {
    return isItsOwnKey(plate) ? plate : composed(plate);
  }

  /** Most are. Normalizing takes many times as long as this, and half of all fixes bear a plate. */
  private static boolean isItsOwnKey(String plate) {
    for (int i = 0; i < plate.length(); i++) {
      char c = plate.charAt(i);
      boolean isPlain =
          (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || (c >= FIRST_IDEOGRAPH && c <= LAST_IDEOGRAPH);
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }

  private static String composed(String plate) {
    return Normalizer.normalize(plate, Normalizer.Form.NFKC)
        .codePoints()
        .filter(Plates::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  /** Of all numbers, only the decimal digits. */
  private static boolean isLetterOrDigit(int c) {
    return Character.isLetter(c) || Character.isDigit(c);
  }
}

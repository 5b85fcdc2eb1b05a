package io.tripwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"川A·12345", "川Ａ12345", "川a 12345", "川A-12345", "川A１２３４５", "\u3000川A.12345"})
  void readsAllWaysToWriteOneChinesePlateAlike(String plate) {
    assertEquals("川A12345", Plates.key(plate));
  }

  @ParameterizedTest
  @CsvSource({
    "7abc123, 7ABC123",
    "'7ABC 123', 7ABC123",
    "ＡＢ－１２, AB12",
    "wü-ß 1, WÜSS1",
    "м123ав 77, М123АВ77",
    "e\u0301 1, É1",
    "١٢٣ قلم, ١٢٣قلم",
    "①Ａ, 1A",
    "ﬁ1, FI1",
    "ｶﾞ1, ガ1",
    "A😀1, A1",
    "A½, A12",
    "Ⅷ, VIII"
  })
  void keepsLettersAndDecimalDigitsOfAnyScriptInUpperCase(String plate, String key) {
    assertEquals(key, Plates.key(plate));
  }

  @Test
  void keepsPlatesOfOtherScriptsApart() {
    assertNotEquals(Plates.key("A123"), Plates.key("А123"), "Latin and Cyrillic");
    assertNotEquals(Plates.key("123"), Plates.key("١٢٣"), "digits of Europe and of Arabia");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", " · ", "😀", "\u0301", "‥", "\u0000", "\uFF9E"})
  void hasNothingToCompareWhereThereIsNoLetterOrDigit(String plate) {
    assertEquals("", Plates.key(plate));
  }

  @Test
  void doesNotDependOnTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals("I1", Plates.key("i1"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void takesAPlainPlateForItsOwnKey() {
    String plate = "京AD12345";
    assertSame(plate, Plates.key(plate));
  }
}

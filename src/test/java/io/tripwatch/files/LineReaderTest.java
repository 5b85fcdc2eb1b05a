package io.tripwatch.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  @Test
  void lineEndsWithLfOrCrLfOrTheEndOfTheFile() throws IOException {
    assertEquals(List.of("1:a", "2:b", "3:c"), lines("a\nb\r\nc"));
    assertEquals(List.of("1:a"), lines("a\n"));
  }

  @Test
  void emptyLinesAreNoLinesButCount() throws IOException {
    assertEquals(List.of("2:a", "5:b"), lines("\na\n\r\n\nb\n\n"));
    assertEquals(List.of(), lines(""));
  }

  @Test
  void blankLineIsALine() throws IOException {
    assertEquals(List.of("1: "), lines(" \n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void byteOrderMarkBeforeTheFirstLineIsPassedOver(int piece) throws IOException {
    assertEquals(List.of("1:a", "2:b"), lines("\uFEFFa\nb", piece));
    assertEquals(List.of("2:a"), lines("\uFEFF\r\na", piece));
    assertEquals(List.of(), lines("\uFEFF", piece));
    assertEquals(List.of("1:\uFEFFa", "2:\uFEFFb"), lines("\uFEFF\uFEFFa\n\uFEFFb", piece));
    assertEquals(List.of("1:a"), lines("a", piece));
    assertEquals(List.of("1:\uFEC0"), lines("\uFEC0", piece));
  }

  @Test
  void carriageReturnWithinALineStays() throws IOException {
    assertEquals(List.of("1:a\rb"), lines("a\rb\n"));
  }

  @Test
  void lineOfExactlyTheKeptLengthIsNotCut() throws IOException {
    String longest = "x".repeat(LineReader.KEPT_BYTES);
    for (String ending : List.of("\n", "\r\n", "")) {
      try (LineReader reader = reader(longest + ending, 7919)) {
        assertTrue(reader.advance());
        assertEquals(LineReader.KEPT_BYTES, reader.length());
        assertEquals(LineReader.KEPT_BYTES, reader.bytes().length);
        assertFalse(reader.advance());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, 5_000_000})
  void longerLineIsCutAndTheNextOneIsWhole(int excess) throws IOException {
    String tooLong = "é" + "x".repeat(LineReader.KEPT_BYTES - 2 + excess);
    for (String ending : List.of("\n", "\r\n")) {
      try (LineReader reader = reader("first\n" + tooLong + ending + "next\nlast", 65_521)) {
        assertTrue(reader.advance());
        assertTrue(reader.advance());
        assertEquals(2, reader.number());
        assertEquals((long) LineReader.KEPT_BYTES + excess, reader.length());
        assertEquals(LineReader.KEPT_BYTES, reader.bytes().length);
        assertEquals("éxx", new String(reader.bytes(), 0, 4, StandardCharsets.UTF_8));
        assertTrue(reader.advance());
        assertEquals("3:next", text(reader));
        assertTrue(reader.advance());
        assertEquals("4:last", text(reader));
        assertFalse(reader.advance());
      }
    }
  }

  @Test
  void tooLongLineMayBeTheLast() throws IOException {
    try (LineReader reader = reader("y".repeat(3 * LineReader.KEPT_BYTES), 10_007)) {
      assertTrue(reader.advance());
      assertEquals(3L * LineReader.KEPT_BYTES, reader.length());
      assertFalse(reader.advance());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void splitsAsStringsDoWhateverThePiecesItIsFed(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= 2_000; number++) {
      String line = "z".repeat(random.nextInt(10) == 0 ? random.nextInt(200_000) / 1_000 * 40 : 7);
      if (random.nextInt(5) == 0) {
        line = "";
      }
      text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
      if (!line.isEmpty()) {
        expected.add(number + ":" + line);
      }
    }
    assertEquals(expected, lines(text.toString(), 1 + random.nextInt(100_000)));
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text, 3);
  }

  private static List<String> lines(String text, int piece) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = reader(text, piece)) {
      while (reader.advance()) {
        lines.add(text(reader));
      }
    }
    return lines;
  }

  private static String text(LineReader reader) {
    return reader.number() + ":" + new String(reader.bytes(), StandardCharsets.UTF_8);
  }

  private static LineReader reader(String text, int piece) {
    InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new LineReader(
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return whole.read(into, offset, Math.min(length, piece));
          }
        });
  }
}

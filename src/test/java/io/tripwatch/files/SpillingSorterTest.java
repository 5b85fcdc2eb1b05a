package io.tripwatch.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpillingSorterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1000", "3, 5000", "4, 1000000000"})
  void sortsAsAnArrayWouldWhateverTheSizeOfItsRuns(long seed, long runBytes) throws IOException {
    Random random = new Random(seed);
    SpillingSorter sorter = new SpillingSorter(folder, "x", runBytes);
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] entry = new byte[random.nextInt(20)];
      random.nextBytes(entry);
      expected.add(entry);
      sorter.add(entry);
    }
    expected.sort(Arrays::compareUnsigned);
    try (SpillingSorter.Merged merged = SpillingSorter.merge(sorter.finish())) {
      for (byte[] entry : expected) {
        assertArrayEquals(entry, merged.next());
      }
      assertNull(merged.next());
    }
  }

  @Test
  void sortsNothing() throws IOException {
    List<Path> runs = new SpillingSorter(folder, "x", 1_000).finish();
    assertTrue(runs.isEmpty());
    try (SpillingSorter.Merged merged = SpillingSorter.merge(runs)) {
      assertNull(merged.next());
    }
  }
}

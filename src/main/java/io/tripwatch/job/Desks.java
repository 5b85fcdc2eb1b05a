package io.tripwatch.job;

import io.tripwatch.event.Wire;
import java.io.IOException;

/** What the stages before the drivers have in common. */
final class Desks {
  /** The name of the count of repeated events. */
  static final String REPEATED = "repeated";

  private Desks() {}

  static void checkVersion(int version) throws IOException {
    if (version != Wire.VERSION) {
      throw new IOException(
          "the state has form "
              + version
              + "; this build reads form "
              + Wire.VERSION
              + ": restore with the build that wrote it");
    }
  }
}

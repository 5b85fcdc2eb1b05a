package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.trip.Driver;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.Speeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A driver's file written and read back, as when the job is started again. */
public final class Reread {
  private Reread() {}

  /** The same file, its fixes piece by piece; the archive is written and read, too. */
  public static Dossier of(Dossier dossier, HeapArchive archive) {
    try {
      Driver driver = dossier.driver();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DossierWire.write(dossier, new DataOutputStream(head));
      Dossier read =
          DossierWire.read(driver.driverId(), archive, Speeds.NONE, archive.fixes(), in(head));
      for (String log : DriverWire.logs(driver)) {
        long first = DriverWire.firstPiece(driver, log);
        for (long number = first;
            first != NEVER && number <= DriverWire.lastPiece(driver, log);
            number++) {
          ByteArrayOutputStream fixes = new ByteArrayOutputStream();
          DriverWire.Piece piece = new DriverWire.Piece(log, number);
          if (DriverWire.writePiece(driver, piece, new DataOutputStream(fixes))) {
            DriverWire.readPiece(read.driver(), log, in(fixes));
          }
        }
      }
      archive.reread();
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OrderFile copy(OrderFile file) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DossierWire.writeArchived(file, new DataOutputStream(bytes));
      return DossierWire.readArchived(file.orderId(), in(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}

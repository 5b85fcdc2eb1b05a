package io.tripwatch.trip;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The binary form of what is known of a driver: everything but the fixes, and the fixes in pieces
 * of ten minutes, so that a checkpoint rewrites only the pieces that changed. What is derived is
 * not written; it is derived again.
 */
public final class DriverWire {
  /** How long a piece of the fixes is. */
  public static final long PIECE_MS = 10 * 60_000L;

  private DriverWire() {}

  /** Writes all but the fixes. */
  public static void write(Driver driver, DataOutput out) throws IOException {
    out.writeLong(driver.housekeepingAt());
    writeEvents(driver.registration().records(), out);
    out.writeInt(driver.orders().size());
    for (OrderLog order : driver.orders().values()) {
      Wire.writeString(order.orderId(), out);
      out.writeLong(order.wake());
      writeEvents(order.events(), out);
      writeEvents(order.presses(), out);
      writeEvents(order.calls(), out);
    }
    out.writeInt(driver.flights().size());
    for (EventLog<FlightStatus> statuses : driver.flights().values()) {
      writeEvents(statuses, out);
    }
    out.writeInt(driver.flightsKeptUntil().size());
    for (Map.Entry<FlightKey, Long> kept : driver.flightsKeptUntil().entrySet()) {
      Wire.writeFlightKey(kept.getKey(), out);
      out.writeLong(kept.getValue());
    }
    out.writeInt(driver.closedUntil().size());
    for (Map.Entry<String, Long> closed : driver.closedUntil().entrySet()) {
      Wire.writeString(closed.getKey(), out);
      out.writeLong(closed.getValue());
    }
  }

  /** Reads all but the fixes. */
  public static Driver read(String driverId, DataInput in) throws IOException {
    Driver driver = new Driver(driverId);
    driver.keepHouseNextAt(in.readLong());
    for (int left = in.readInt(); left > 0; left--) {
      driver.registration().learn((FleetRecord) Wire.read(in));
    }
    for (int orders = in.readInt(); orders > 0; orders--) {
      OrderLog order = new OrderLog(Wire.readString(in));
      driver.orders().put(order.orderId(), order);
      driver.wakeFor(order, in.readLong());
      for (int left = in.readInt(); left > 0; left--) {
        order.learn((OrderEvent) Wire.read(in));
      }
      for (int left = in.readInt(); left > 0; left--) {
        order.learn((Press) Wire.read(in));
      }
      for (int left = in.readInt(); left > 0; left--) {
        order.learn((Call) Wire.read(in));
      }
    }
    for (int flights = in.readInt(); flights > 0; flights--) {
      EventLog<FlightStatus> statuses = Driver.statusLog();
      for (int left = in.readInt(); left > 0; left--) {
        statuses.learn((FlightStatus) Wire.read(in));
      }
      driver.flights().put(statuses.get(0).flight(), statuses);
    }
    for (int left = in.readInt(); left > 0; left--) {
      driver.flightsKeptUntil().put(Wire.readFlightKey(in), in.readLong());
    }
    for (int left = in.readInt(); left > 0; left--) {
      driver.closedUntil().put(Wire.readString(in), in.readLong());
    }
    return driver;
  }

  private static void writeEvents(Collection<? extends Event> events, DataOutput out)
      throws IOException {
    out.writeInt(events.size());
    for (Event event : events) {
      Wire.write(event, out);
    }
  }

  /** The piece a time belongs to. */
  public static long pieceOf(long time) {
    return Math.floorDiv(time, PIECE_MS);
  }

  /** The pieces that changed since it was asked last, but for fixes forgotten. */
  public static List<Long> takeChangedPieces(Driver driver) {
    return driver.fixes().takeChangedPieces();
  }

  /** The first piece that holds a fix; NEVER where there is none. */
  public static long firstPiece(Driver driver) {
    FixLog fixes = driver.fixes();
    return fixes.size() == 0 ? PickupTime.NEVER : pieceOf(fixes.time(0));
  }

  /**
   * Writes one piece of the fixes.
   *
   * @return false, with nothing written, if it holds none
   */
  public static boolean writePiece(Driver driver, long piece, DataOutput out) throws IOException {
    FixLog fixes = driver.fixes();
    int from = fixes.firstFrom(piece * PIECE_MS);
    int to = fixes.firstFrom((piece + 1) * PIECE_MS);
    if (from == to) {
      return false;
    }
    fixes.write(out, from, to);
    return true;
  }

  /** Reads a piece; pieces are read in their order. */
  public static void readPiece(Driver driver, DataInput in) throws IOException {
    driver.fixes().read(in);
  }
}

package io.tripwatch.trip;

import io.tripwatch.event.Call;
import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightKey;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The binary form of what is known of a driver: everything but the fixes, and the fixes in pieces
 * of two minutes, so that a checkpoint rewrites only the pieces that changed. What is derived is
 * not written; it is derived again.
 */
public final class DriverWire {
  /**
   * How long a piece of the fixes is. The last one is written anew at each checkpoint; the first
   * one holds fixes that could be let go of.
   */
  public static final long PIECE_MS = 2 * 60_000L;

  /** The log of the driver's own fixes: no plate is empty. */
  public static final String OWN = "";

  private static final Set<String> ONLY_OWN = Set.of(OWN);

  private DriverWire() {}

  /** Writes all but the fixes. */
  public static void write(Driver driver, DataOutput out) throws IOException {
    out.writeLong(driver.housekeepingAt());
    out.writeLong(driver.heldFrom());
    out.writeLong(driver.storedFrom());
    driver.pace().write(out);
    writeEvents(driver.registration().records(), out);
    out.writeInt(driver.orders().size());
    for (OrderLog order : driver.orders().values()) {
      Wire.writeString(order.orderId(), out);
      // What its forecasts wait for is found when it is judged.
      out.writeLong(order.nextWake());
      writeEvents(order.events(), out);
      writeEvents(order.presses(), out);
      writeEvents(order.calls(), out);
      out.writeInt(order.settledTurns());
      out.writeInt(order.forecasts().size());
      for (Forecast forecast : order.forecasts()) {
        forecast.write(out);
      }
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
    writeEvents(driver.logins().own(), out);
    writeEvents(driver.logins().others(), out);
    out.writeInt(driver.others().size());
    for (Map.Entry<String, Registration> other : driver.others().entrySet()) {
      out.writeLong(driver.othersKeptUntil().get(other.getKey()));
      Wire.writeString(other.getKey(), out);
      writeEvents(other.getValue().records(), out);
    }
    out.writeInt(driver.starts().size());
    for (Map.Entry<String, Driver.Start> start : driver.starts().entrySet()) {
      Wire.writeString(start.getKey(), out);
      Wire.writeString(start.getValue().passengerId(), out);
      out.writeLong(start.getValue().at());
    }
  }

  /** Reads all but the fixes. */
  public static Driver read(String driverId, Speeds speeds, FixStore store, DataInput in)
      throws IOException {
    Driver driver = new Driver(driverId, speeds, store);
    driver.keepHouseNextAt(in.readLong());
    driver.known(in.readLong(), in.readLong());
    driver.pace().read(in);
    for (int left = in.readInt(); left > 0; left--) {
      driver.registration().learn((FleetRecord) Wire.read(in));
    }
    for (int orders = in.readInt(); orders > 0; orders--) {
      OrderLog order = new OrderLog(Wire.readString(in));
      driver.ordersToFill().put(order.orderId(), order);
      driver.findRiding(order);
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
      order.settledTurns(in.readInt());
      for (int left = in.readInt(); left > 0; left--) {
        order.forecasts().add(Forecast.read(in));
      }
    }
    for (int flights = in.readInt(); flights > 0; flights--) {
      EventLog<FlightStatus> statuses = Driver.statusLog();
      for (int left = in.readInt(); left > 0; left--) {
        statuses.learn((FlightStatus) Wire.read(in));
      }
      driver.flightsToFill().put(statuses.get(0).flight(), statuses);
    }
    for (int left = in.readInt(); left > 0; left--) {
      driver.flightsKeptUntilToFill().put(Wire.readFlightKey(in), in.readLong());
    }
    for (int kind = 0; kind < 2; kind++) {
      for (int left = in.readInt(); left > 0; left--) {
        driver.logins().learn((Login) Wire.read(in), driverId);
      }
    }
    for (int others = in.readInt(); others > 0; others--) {
      long until = in.readLong();
      String other = Wire.readString(in);
      driver.othersKeptUntilToFill().put(other, until);
      Registration records = new Registration();
      driver.othersToFill().put(other, records);
      for (int left = in.readInt(); left > 0; left--) {
        records.learn((FleetRecord) Wire.read(in));
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      String tripId = Wire.readString(in);
      driver.startsToFill().put(tripId, new Driver.Start(Wire.readString(in), in.readLong()));
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

  /** A piece of a log of fixes: the driver's own, named "", or that of a vehicle's plate. */
  public record Piece(String log, long number) {}

  /** The names of the logs there are. */
  public static Set<String> logs(Driver driver) {
    if (driver.vehicles().isEmpty()) {
      return ONLY_OWN;
    }
    Set<String> names = new TreeSet<>(driver.vehicles().keySet());
    names.add(OWN);
    return names;
  }

  /** The pieces that changed since it was asked last, but for fixes forgotten. */
  public static List<Piece> takeChangedPieces(Driver driver) {
    List<Piece> changed = new ArrayList<>();
    for (String name : logs(driver)) {
      for (long number : log(driver, name).takeChangedPieces()) {
        changed.add(new Piece(name, number));
      }
    }
    return changed;
  }

  /** The first piece of a log that holds a fix; NEVER where there is none. */
  public static long firstPiece(Driver driver, String name) {
    FixLog fixes = log(driver, name);
    return fixes.size() == 0 ? PickupTime.NEVER : pieceOf(fixes.time(0));
  }

  /** The last piece of a log that holds a fix; there must be one. */
  public static long lastPiece(Driver driver, String name) {
    FixLog fixes = log(driver, name);
    return pieceOf(fixes.time(fixes.size() - 1));
  }

  /**
   * Writes one piece of the fixes.
   *
   * @return false, with nothing written, if it holds none
   */
  public static boolean writePiece(Driver driver, Piece piece, DataOutput out) throws IOException {
    FixLog fixes = log(driver, piece.log());
    int from = fixes.firstFrom(piece.number() * PIECE_MS);
    int to = fixes.firstFrom((piece.number() + 1) * PIECE_MS);
    if (from == to) {
      return false;
    }
    fixes.write(out, from, to);
    return true;
  }

  /** Reads a piece of a log; pieces of one log are read in their order. */
  public static void readPiece(Driver driver, String name, DataInput in) throws IOException {
    if (!name.equals(OWN)) {
      driver.vehiclesToFill().computeIfAbsent(name, any -> new FixLog());
    }
    log(driver, name).read(in);
  }

  private static FixLog log(Driver driver, String name) {
    return name.equals(OWN) ? driver.fixes() : driver.vehicles().get(name);
  }
}

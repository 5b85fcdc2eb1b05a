package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Wire;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.DossierWire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The types that flow through the job. Their names are fixed for ever: state knows them by these.
 */
public final class Wires {
  /** What sources hand on. */
  public static final TypeInformation<Incoming> INCOMING =
      ofFixed("incoming", Incoming.class, Wires::writeIncoming, Wires::readIncoming);

  /** Refused records. */
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      ofFixed("dead-letter", DeadLetter.class, Wires::writeLetter, Wires::readLetter);

  /** Alerts. */
  public static final TypeInformation<Alert> ALERT =
      ofFixed("alert", Alert.class, DossierWire::writeAlert, DossierWire::readAlert);

  static final TypeInformation<Event> EVENT =
      ofFixed("event", Event.class, Wire::write, Wire::read);
  static final TypeInformation<ForDriver> FOR_DRIVER =
      ofFixed("for-driver", ForDriver.class, ForDriver::write, ForDriver::read);
  static final TypeInformation<Subscription> SUBSCRIPTION =
      ofFixed("subscription", Subscription.class, Subscription::write, Subscription::read);
  static final TypeInformation<OrderDesk> ORDER_DESK =
      ofChanging("order-desk", OrderDesk.class, OrderDesk::write, OrderDesk::read);
  static final TypeInformation<FlightDesk> FLIGHT_DESK =
      ofChanging("flight-desk", FlightDesk.class, FlightDesk::write, FlightDesk::read);

  private static final List<TypeInformation<?>> ALL =
      List.of(
          INCOMING, DEAD_LETTER, ALERT, EVENT, FOR_DRIVER, SUBSCRIPTION, ORDER_DESK, FLIGHT_DESK);

  private Wires() {}

  private static <T> TypeInformation<T> ofFixed(
      String name,
      Class<T> typeClass,
      WireSerializer.Writer<T> writer,
      WireSerializer.Reader<T> reader) {
    return new WireType<>(typeClass, new WireSerializer<>(name, true, writer, reader));
  }

  private static <T> TypeInformation<T> ofChanging(
      String name,
      Class<T> typeClass,
      WireSerializer.Writer<T> writer,
      WireSerializer.Reader<T> reader) {
    return new WireType<>(typeClass, new WireSerializer<>(name, false, writer, reader));
  }

  /** The serializer of a name. */
  static TypeSerializer<?> named(String name) {
    for (TypeInformation<?> type : ALL) {
      WireSerializer<?> serializer = ((WireType<?>) type).serializer();
      if (serializer.name().equals(name)) {
        return serializer;
      }
    }
    throw new IllegalStateException(
        "the state holds "
            + name
            + ", which this build does not know: restore with the build "
            + "that wrote it");
  }

  private static void writeIncoming(Incoming incoming, DataOutput out) throws IOException {
    out.writeBoolean(incoming.event() != null);
    if (incoming.event() != null) {
      Wire.write(incoming.event(), out);
    } else {
      writeLetter(incoming.deadLetter(), out);
    }
  }

  private static Incoming readIncoming(DataInput in) throws IOException {
    return in.readBoolean() ? Incoming.accepted(Wire.read(in)) : Incoming.refused(readLetter(in));
  }

  private static void writeLetter(DeadLetter letter, DataOutput out) throws IOException {
    Wire.writeString(letter.source(), out);
    out.writeInt(letter.partition());
    out.writeLong(letter.position());
    out.writeByte(letter.reason().ordinal());
    Wire.writeString(letter.detail(), out);
    out.writeInt(letter.value().length);
    out.write(letter.value());
  }

  private static DeadLetter readLetter(DataInput in) throws IOException {
    String source = Wire.readString(in);
    int partition = in.readInt();
    long position = in.readLong();
    DeadLetter.Reason reason = DeadLetter.Reason.values()[in.readByte()];
    String detail = Wire.readString(in);
    byte[] value = new byte[in.readInt()];
    in.readFully(value);
    return new DeadLetter(source, partition, position, reason, detail, value);
  }
}

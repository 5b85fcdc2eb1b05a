package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Wire;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.DossierWire;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The types that flow through the job. */
public final class Wires {
  /** What sources hand on. */
  public static final TypeInformation<Incoming> INCOMING =
      new WireType<>(Incoming.class, new IncomingSerializer());

  /** Refused records. */
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      new WireType<>(DeadLetter.class, new DeadLetterSerializer());

  /** Alerts. */
  public static final TypeInformation<Alert> ALERT =
      new WireType<>(Alert.class, new AlertSerializer());

  static final TypeInformation<Event> EVENT = new WireType<>(Event.class, new EventSerializer());
  static final TypeInformation<ForDriver> FOR_DRIVER =
      new WireType<>(ForDriver.class, new ForDriverSerializer());
  static final TypeInformation<Subscription> SUBSCRIPTION =
      new WireType<>(Subscription.class, new SubscriptionSerializer());
  static final TypeInformation<OrderDesk> ORDER_DESK =
      new WireType<>(OrderDesk.class, new OrderDeskSerializer());
  static final TypeInformation<FlightDesk> FLIGHT_DESK =
      new WireType<>(FlightDesk.class, new FlightDeskSerializer());

  public static final TypeInformation<Output> OUTPUT =
      new WireType<>(Output.class, new OutputSerializer());
  static final TypeInformation<TripClaim> CLAIM =
      new WireType<>(TripClaim.class, new ClaimSerializer());

  static final TypeInformation<DayFigures> DAY_FIGURES =
      new WireType<>(DayFigures.class, new DayFiguresSerializer());
  static final TypeInformation<ClaimDesk> CLAIM_DESK =
      new WireType<>(ClaimDesk.class, new ClaimDeskSerializer());

  private Wires() {}

  static final class EventSerializer extends WireSerializer<Event> {
    @Override
    protected void write(Event event, DataOutput out) throws IOException {
      Wire.write(event, out);
    }

    @Override
    protected Event read(DataInput in) throws IOException {
      return Wire.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
      /** For Flink. */
      public Snapshot() {
        super(EventSerializer::new);
      }
    }
  }

  static final class DeadLetterSerializer extends WireSerializer<DeadLetter> {
    @Override
    protected void write(DeadLetter letter, DataOutput out) throws IOException {
      Wire.writeString(letter.source(), out);
      out.writeInt(letter.partition());
      out.writeLong(letter.position());
      out.writeByte(letter.reason().ordinal());
      Wire.writeString(letter.detail(), out);
      out.writeInt(letter.value().length);
      out.write(letter.value());
    }

    @Override
    protected DeadLetter read(DataInput in) throws IOException {
      String source = Wire.readString(in);
      int partition = in.readInt();
      long position = in.readLong();
      DeadLetter.Reason reason = DeadLetter.Reason.values()[in.readByte()];
      String detail = Wire.readString(in);
      byte[] value = new byte[in.readInt()];
      in.readFully(value);
      return new DeadLetter(source, partition, position, reason, detail, value);
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
      /** For Flink. */
      public Snapshot() {
        super(DeadLetterSerializer::new);
      }
    }
  }

  static final class IncomingSerializer extends WireSerializer<Incoming> {
    private static final DeadLetterSerializer DEAD_LETTERS = new DeadLetterSerializer();

    @Override
    protected void write(Incoming incoming, DataOutput out) throws IOException {
      out.writeBoolean(incoming.event() != null);
      if (incoming.event() != null) {
        Wire.write(incoming.event(), out);
      } else {
        DEAD_LETTERS.write(incoming.deadLetter(), out);
      }
    }

    @Override
    protected Incoming read(DataInput in) throws IOException {
      return in.readBoolean()
          ? Incoming.accepted(Wire.read(in))
          : Incoming.refused(DEAD_LETTERS.read(in));
    }

    @Override
    public TypeSerializerSnapshot<Incoming> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Incoming> {
      /** For Flink. */
      public Snapshot() {
        super(IncomingSerializer::new);
      }
    }
  }

  static final class ForDriverSerializer extends WireSerializer<ForDriver> {
    @Override
    protected void write(ForDriver value, DataOutput out) throws IOException {
      Wire.writeString(value.driverId(), out);
      Wire.write(value.event(), out);
    }

    @Override
    protected ForDriver read(DataInput in) throws IOException {
      return new ForDriver(Wire.readString(in), Wire.read(in));
    }

    @Override
    public TypeSerializerSnapshot<ForDriver> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ForDriver> {
      /** For Flink. */
      public Snapshot() {
        super(ForDriverSerializer::new);
      }
    }
  }

  static final class SubscriptionSerializer extends WireSerializer<Subscription> {
    @Override
    protected void write(Subscription value, DataOutput out) throws IOException {
      Wire.writeFlightKey(value.flight(), out);
      Wire.writeString(value.driverId(), out);
      out.writeLong(value.until());
    }

    @Override
    protected Subscription read(DataInput in) throws IOException {
      return new Subscription(Wire.readFlightKey(in), Wire.readString(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Subscription> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Subscription> {
      /** For Flink. */
      public Snapshot() {
        super(SubscriptionSerializer::new);
      }
    }
  }

  static final class AlertSerializer extends WireSerializer<Alert> {
    @Override
    protected void write(Alert alert, DataOutput out) throws IOException {
      DossierWire.writeAlert(alert, out);
    }

    @Override
    protected Alert read(DataInput in) throws IOException {
      return DossierWire.readAlert(in);
    }

    @Override
    public TypeSerializerSnapshot<Alert> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alert> {
      /** For Flink. */
      public Snapshot() {
        super(AlertSerializer::new);
      }
    }
  }

  static final class OrderDeskSerializer extends WireSerializer<OrderDesk> {
    @Override
    protected void write(OrderDesk desk, DataOutput out) throws IOException {
      desk.write(out);
    }

    @Override
    protected OrderDesk read(DataInput in) throws IOException {
      return OrderDesk.read(in);
    }

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public OrderDesk copy(OrderDesk from) {
      return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<OrderDesk> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OrderDesk> {
      /** For Flink. */
      public Snapshot() {
        super(OrderDeskSerializer::new);
      }
    }
  }

  static final class FlightDeskSerializer extends WireSerializer<FlightDesk> {
    @Override
    protected void write(FlightDesk desk, DataOutput out) throws IOException {
      desk.write(out);
    }

    @Override
    protected FlightDesk read(DataInput in) throws IOException {
      return FlightDesk.read(in);
    }

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public FlightDesk copy(FlightDesk from) {
      return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<FlightDesk> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FlightDesk> {
      /** For Flink. */
      public Snapshot() {
        super(FlightDeskSerializer::new);
      }
    }
  }

  static final class OutputSerializer extends WireSerializer<Output> {
    @Override
    protected void write(Output value, DataOutput out) throws IOException {
      DossierWire.writeOutput(value, out);
    }

    @Override
    protected Output read(DataInput in) throws IOException {
      return DossierWire.readOutput(in);
    }

    @Override
    public TypeSerializerSnapshot<Output> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Output> {
      /** For Flink. */
      public Snapshot() {
        super(OutputSerializer::new);
      }
    }
  }

  static final class ClaimSerializer extends WireSerializer<TripClaim> {
    @Override
    protected void write(TripClaim value, DataOutput out) throws IOException {
      DossierWire.writeClaim(value, out);
    }

    @Override
    protected TripClaim read(DataInput in) throws IOException {
      return DossierWire.readClaim(in);
    }

    @Override
    public TypeSerializerSnapshot<TripClaim> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TripClaim> {
      /** For Flink. */
      public Snapshot() {
        super(ClaimSerializer::new);
      }
    }
  }

  static final class DayFiguresSerializer extends WireSerializer<DayFigures> {
    @Override
    protected void write(DayFigures value, DataOutput out) throws IOException {
      DossierWire.writeDay(value, out);
    }

    @Override
    protected DayFigures read(DataInput in) throws IOException {
      return DossierWire.readDay(in);
    }

    @Override
    public TypeSerializerSnapshot<DayFigures> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DayFigures> {
      /** For Flink. */
      public Snapshot() {
        super(DayFiguresSerializer::new);
      }
    }
  }

  static final class ClaimDeskSerializer extends WireSerializer<ClaimDesk> {
    @Override
    protected void write(ClaimDesk desk, DataOutput out) throws IOException {
      desk.write(out);
    }

    @Override
    protected ClaimDesk read(DataInput in) throws IOException {
      return ClaimDesk.read(in);
    }

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public ClaimDesk copy(ClaimDesk from) {
      return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<ClaimDesk> snapshotConfiguration() {
      return new Snapshot();
    }

    /** The serializer has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ClaimDesk> {
      /** For Flink. */
      public Snapshot() {
        super(ClaimDeskSerializer::new);
      }
    }
  }
}

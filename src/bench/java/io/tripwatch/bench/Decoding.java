package io.tripwatch.bench;

import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.job.Wires;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The fleet's records read and decoded, and nothing done with them: how fast a job could be. */
final class Decoding {
  /** So many records are decoded by both first, and must come out the same. */
  private static final int COMPARED = 50_000;

  private Decoding() {}

  /** The records made and thrown away. */
  static Task none() {
    return new FlinkTask(
        "source",
        "source only: the records' bytes, not decoded",
        FlinkRun.Backend.HEAP,
        (setting, env, meter) -> {
          FleetSource<byte[]> source =
              new FleetSource<>(
                  setting.fleet(), FleetSource.WITHOUT_END, meter, () -> Fleet::value);
          discard(
              FlinkTask.from(env, source, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        });
  }

  /** The records decoded by the job's decoder. */
  static Task ours() {
    return new FlinkTask(
        "decode",
        "decoding alone, our decoder",
        FlinkRun.Backend.HEAP,
        (setting, env, meter) -> discard(FlinkTask.decoded(setting, env, meter)));
  }

  /** The records decoded by Jackson databind, to the same objects. */
  static Task jackson() {
    return new FlinkTask(
        "decode-jackson",
        "decoding alone, Jackson databind, to the same objects",
        FlinkRun.Backend.HEAP,
        (setting, env, meter) -> {
          compare(setting.fleet());
          FleetSource<Incoming> source =
              new FleetSource<>(
                  setting.fleet(), FleetSource.WITHOUT_END, meter, Decoding::withJackson);
          discard(FlinkTask.timed(env, source, Wires.INCOMING));
        });
  }

  private static FleetSource.Opener<Incoming> withJackson() {
    JacksonDecoder decoder = new JacksonDecoder();
    return record -> Incoming.accepted(decoder.decode(record.topic(), record.value()));
  }

  /** Both decoders must give equal events, or their rates mean nothing. */
  static void compare(Fleet.Plan plan) {
    Fleet few = new Fleet(new Fleet.Plan(plan.shape(), 100, plan.seed()));
    EventDecoder ours = new EventDecoder();
    JacksonDecoder theirs = new JacksonDecoder();
    for (int i = 0; i < COMPARED; i++) {
      few.advance();
      Decoded decoded = ours.decode(few.topic(), few.value());
      Event event = theirs.decode(few.topic(), few.value());
      if (!event.equals(decoded.event())) {
        throw new IllegalStateException(
            "the decoders differ: " + decoded + " and " + event + ", of which only one is right");
      }
    }
  }

  private static <T> void discard(DataStream<T> stream) {
    stream.sinkTo(new DiscardingSink<>()).name("none").uid("none");
  }
}

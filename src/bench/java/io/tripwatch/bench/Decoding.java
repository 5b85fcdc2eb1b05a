package io.tripwatch.bench;

import io.tripwatch.event.Incoming;
import io.tripwatch.job.Wires;
import io.tripwatch.kafka.KafkaInputs;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The fleet's records decoded, and nothing done with them: how fast a job could be at best. */
final class Decoding implements Task {
  private Decoding() {}

  static Task ours() {
    return new Decoding();
  }

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public String title() {
    return "decoding alone, our decoder";
  }

  @Override
  public Measured run(Setting setting) throws Exception {
    return new FlinkRun(setting, FlinkRun.Backend.HEAP)
        .measure(
            (env, meter) ->
                discard(from(env, FleetSource.decoded(setting.fleet(), meter), Wires.INCOMING)));
  }

  /** A source of decoded records with the shipped watermarks. */
  static DataStream<Incoming> from(
      StreamExecutionEnvironment env,
      FleetSource<Incoming> source,
      TypeInformation<Incoming> type) {
    return env.fromSource(source, KafkaInputs.watermarks(KafkaInputs.IDLENESS), "fleet", type)
        .uid("fleet");
  }

  static <T> void discard(DataStream<T> stream) {
    stream.sinkTo(new DiscardingSink<>()).name("none").uid("none");
  }
}

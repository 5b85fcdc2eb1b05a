package io.tripwatch.bench;

import io.tripwatch.event.Incoming;
import io.tripwatch.job.Wires;
import io.tripwatch.kafka.KafkaInputs;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A task that is a Flink job. */
public record FlinkTask(String name, String title, FlinkRun.Backend backend, Graph graph)
    implements Task {
  /** Defines the job of a task. */
  @FunctionalInterface
  public interface Graph {
    /** Defines it, reading the setting's fleet through the meter. */
    void build(Setting setting, StreamExecutionEnvironment env, Meter meter) throws Exception;
  }

  @Override
  public Measured run(Setting setting) throws Exception {
    return new FlinkRun(setting, backend).measure((env, meter) -> graph.build(setting, env, meter));
  }

  /** A fleet without end, decoded and with the watermarks of the shipped job. */
  public static DataStream<Incoming> decoded(
      Setting setting, StreamExecutionEnvironment env, Meter meter) {
    return timed(env, FleetSource.decoded(setting.fleet(), meter), Wires.INCOMING);
  }

  /** A source with the watermarks of the shipped job. */
  public static DataStream<Incoming> timed(
      StreamExecutionEnvironment env,
      FleetSource<Incoming> source,
      TypeInformation<Incoming> type) {
    return env.fromSource(source, KafkaInputs.watermarks(KafkaInputs.IDLENESS), "fleet", type)
        .uid("fleet");
  }

  /** A source without watermarks. */
  static <T> DataStream<T> from(
      StreamExecutionEnvironment env, FleetSource<T> source, TypeInformation<T> type) {
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "fleet", type).uid("fleet");
  }
}

package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import io.tripwatch.kafka.KafkaInputs;
import io.tripwatch.kafka.KafkaOutputs;
import io.tripwatch.kafka.OutboundRecord;
import io.tripwatch.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;

/** STUB of the job: counts accepted records by topic and passes dead letters on. */
public final class TripwatchJob {
  /** Fixed for ever: state is divided by it. */
  public static final int MAX_PARALLELISM = 128;

  private TripwatchJob() {}

  /** For {@code flink run}. */
  public static void main(String[] args) throws Exception {
    JobOptions options = JobOptions.parse(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, options);
    env.execute(options.name());
  }

  /** Defines the job from Kafka to Kafka. */
  public static void define(StreamExecutionEnvironment env, JobOptions options) {
    env.setMaxParallelism(MAX_PARALLELISM);
    env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(options.toParameters()));
    DataStream<Incoming> incoming =
        env.fromSource(
                KafkaInputs.source(
                    options.bootstrap(),
                    options.name(),
                    () -> TripwatchJob::decode,
                    new StubIncomingType()),
                KafkaInputs.watermarks(KafkaInputs.IDLENESS),
                "inputs")
            .uid("inputs");
    DataStream<OutboundRecord> dead =
        incoming
            .filter(i -> i.deadLetter() != null)
            .uid("refused")
            .map(i -> letter(i.deadLetter()))
            .returns(OutboundRecord.class)
            .uid("dead-letters");
    DataStream<OutboundRecord> counts =
        incoming
            .filter(i -> i.event() != null)
            .uid("accepted")
            .map(i -> i.event().topic().topicName())
            .uid("topic-of")
            .keyBy(name -> name)
            .process(new Count())
            .uid("count");
    dead.union(counts)
        .sinkTo(KafkaOutputs.exactlyOnce(options.bootstrap(), options.name()))
        .uid("outputs")
        .name("outputs");
  }

  private static Incoming decode(
      Topic topic, String source, int partition, long position, byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    int at = text.indexOf("\"eventTime\":");
    if (at < 0) {
      return Incoming.refused(
          new DeadLetter(
              source, partition, position, DeadLetter.Reason.BAD_JSON, "no eventTime", value));
    }
    long time = Long.parseLong(text.substring(at + 12).replaceAll("^(-?\\d+)(?s).*$", "$1"));
    Event event = new RulesRecord(new Stamp(time, Stamp.ABSENT, null, null), "stub", time, "{}");
    return Incoming.accepted(event);
  }

  private static OutboundRecord letter(DeadLetter dead) {
    String id = dead.source() + "/" + dead.partition() + "/" + dead.position();
    String json =
        "{\"source\":\"%s\",\"partition\":%d,\"offset\":%d,\"reason\":\"%s\",\"valueBase64\":\"%s\"}"
            .formatted(
                dead.source(),
                dead.partition(),
                dead.position(),
                dead.reason(),
                Base64.getEncoder().encodeToString(dead.value()));
    return record(Topics.DEAD_LETTERS, id, json);
  }

  private static OutboundRecord record(String topic, String id, String json) {
    return new OutboundRecord(
        topic, id.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Count extends KeyedProcessFunction<String, String, OutboundRecord> {
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String topic, Context context, Collector<OutboundRecord> out)
        throws Exception {
      long n = count.value() == null ? 1 : count.value() + 1;
      count.update(n);
      out.collect(record(Topics.ALERTS, "count/" + n, "{\"revision\":" + n + "}"));
    }
  }
}

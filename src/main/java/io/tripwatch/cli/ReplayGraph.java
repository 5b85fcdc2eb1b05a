package io.tripwatch.cli;

import io.tripwatch.codec.DeadLetterJson;
import io.tripwatch.codec.OutputJson;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Incoming;
import io.tripwatch.files.OutputLine;
import io.tripwatch.files.ReplayRun;
import io.tripwatch.job.Pipeline;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.OutputTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The job between a folder's events and a folder's verdicts. */
record ReplayGraph(Map<String, Object> settings, int epoch) implements ReplayRun.Graph {
  @Override
  public void build(DataStream<Incoming> records, Function<String, Sink<OutputLine>> sinks) {
    records.getExecutionEnvironment().setMaxParallelism(Pipeline.MAX_PARALLELISM);
    Pipeline.Outputs outputs = Pipeline.define(records, settings, epoch, Pipeline.AS_HEAP_ALLOWS);
    SingleOutputStreamOperator<OutputLine> lines =
        outputs.said().process(new Split()).returns(OutputLine.class).name("lines").uid("lines");
    for (OutputTopic topic : OutputTopic.values()) {
      lines
          .getSideOutput(tag(topic))
          .sinkTo(sinks.apply(topic.fileStem()))
          .setParallelism(1)
          .name(topic.fileStem() + " file")
          .uid(topic.fileStem() + "-file");
    }
    outputs
        .deadLetters()
        .map(ReplayGraph::line)
        .returns(OutputLine.class)
        .setParallelism(1)
        .name("dead letter lines")
        .uid("dead-letter-lines")
        .sinkTo(sinks.apply("dead-letters"))
        .setParallelism(1)
        .name("dead letters")
        .uid("dead-letters");
  }

  private static OutputTag<OutputLine> tag(OutputTopic topic) {
    return new OutputTag<>(topic.fileStem(), TypeInformation.of(OutputLine.class));
  }

  /** Each output to the file of its topic: sent on once, not once for each file. */
  private static final class Split extends ProcessFunction<Output, OutputLine> {
    private static final long serialVersionUID = 1L;

    private final List<OutputTag<OutputLine>> tags =
        Arrays.stream(OutputTopic.values()).map(ReplayGraph::tag).toList();

    @Override
    public void processElement(Output output, Context context, Collector<OutputLine> none) {
      context.output(tags.get(output.topic().ordinal()), line(output));
    }
  }

  private static OutputLine line(Output output) {
    return new OutputLine(
        output.id(), output.epoch(), output.revision(), output.isGone(), OutputJson.write(output));
  }

  private static OutputLine line(DeadLetter letter) {
    // Padded, so that sorted by id they stand in the order of their lines.
    String id = String.format("%s/%015d", letter.source(), letter.position());
    return new OutputLine(id, 1, 1, false, DeadLetterJson.write(letter));
  }
}

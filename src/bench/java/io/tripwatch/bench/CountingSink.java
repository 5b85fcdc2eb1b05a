package io.tripwatch.bench;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Counts what a job says in its {@link Meter}, and throws it away.
 *
 * @param <T> what it says
 */
public final class CountingSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final int meterId;

  /** A sink that counts there. */
  public CountingSink(Meter meter) {
    meterId = meter.id();
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    LongAdder said = Meter.of(meterId).said();
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context none) {
        said.increment();
      }

      @Override
      public void flush(boolean endOfInput) {
        // Nothing is held back.
      }

      @Override
      public void close() {}
    };
  }
}

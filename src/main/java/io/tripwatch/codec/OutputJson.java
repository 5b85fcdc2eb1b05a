package io.tripwatch.codec;

import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import java.util.Map;

/** All that is published, as it goes out. */
public final class OutputJson {
  private OutputJson() {}

  /** One line of UTF-8 without its end; the same output gives the same bytes. */
  public static byte[] write(Output output) {
    return output instanceof Alert alert ? AlertJson.write(alert) : write((Statement) output);
  }

  private static byte[] write(Statement statement) {
    OutputObject object =
        new OutputObject()
            .put(statement.topic().idField(), statement.id())
            .put("epoch", statement.epoch())
            .put("revision", statement.revision())
            .putIfAny("status", statement.status());
    for (Map.Entry<String, Object> field : statement.fields().entrySet()) {
      object.put(field.getKey(), field.getValue());
    }
    return object.toBytes();
  }
}

package io.tripwatch.bench.peers;

import io.tripwatch.event.Fix.Datum;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/**
 * The three rules in Flink SQL.
 *
 * <p>MATCH_RECOGNIZE cannot say that something is absent by a time: only that a row came, with none
 * of another kind before it. So the margin is a row of its own here ({@link DriverEvent.Kind#DUE}),
 * which SQL alone cannot make either, for it would have to be stamped ahead. Each pattern is fed
 * only the kinds of rows it asks for: what lies between is part of a match, and kept.
 */
public final class MatchRecognize {
  private static final TypeInformation<Row> ROW =
      Types.ROW_NAMED(
          new String[] {"kind", "driverId", "orderId", "lat", "lon", "datum", "metres"},
          Types.STRING,
          Types.STRING,
          Types.STRING,
          Types.DOUBLE,
          Types.DOUBLE,
          Types.STRING,
          Types.DOUBLE);

  private static final String MARGIN_MISSED =
      """
      SELECT 'margin-missed' AS rule, orderId FROM (
        SELECT * FROM events WHERE kind IN ('ACCEPTED', 'DUE', 'ON_SITE'))
      MATCH_RECOGNIZE (
        PARTITION BY driverId
        ORDER BY happenedAt
        MEASURES A.orderId AS orderId
        ONE ROW PER MATCH
        AFTER MATCH SKIP PAST LAST ROW
        PATTERN (A D) WITHIN INTERVAL '1' DAY
        DEFINE
          A AS A.kind = 'ACCEPTED',
          D AS D.kind = 'DUE' AND D.orderId = A.orderId)
      """;

  private static final String ON_SITE_PRESSED_ELSEWHERE =
      """
      SELECT 'on-site-pressed-elsewhere' AS rule, orderId FROM (
        SELECT * FROM events WHERE kind IN ('ACCEPTED', 'ON_SITE', 'FIX'))
      MATCH_RECOGNIZE (
        PARTITION BY driverId
        ORDER BY happenedAt
        MEASURES
          A.orderId AS orderId,
          TIMESTAMPDIFF(SECOND, P.happenedAt, F.happenedAt) AS seconds,
          metresBetween(A.lat, A.lon, A.datum, F.lat, F.lon, F.datum) - F.metres - A.metres
            AS metresOutside
        ONE ROW PER MATCH
        AFTER MATCH SKIP PAST LAST ROW
        PATTERN (A N* P F) WITHIN INTERVAL '1' DAY
        DEFINE
          A AS A.kind = 'ACCEPTED',
          N AS N.kind = 'FIX',
          P AS P.kind = 'ON_SITE' AND P.orderId = A.orderId,
          F AS F.kind = 'FIX')
      WHERE seconds <= 60 AND metresOutside > 0
      """;

  private static final String FAKE_ORDER =
      """
      SELECT 'fake-order' AS rule, orderId FROM (
        SELECT * FROM events WHERE kind IN ('START', 'END', 'FIX'))
      MATCH_RECOGNIZE (
        PARTITION BY driverId
        ORDER BY happenedAt
        MEASURES S.orderId AS orderId
        ONE ROW PER MATCH
        AFTER MATCH SKIP PAST LAST ROW
        PATTERN (S F N* E) WITHIN INTERVAL '2' MINUTE
        DEFINE
          S AS S.kind = 'START',
          F AS F.kind = 'FIX',
          N AS N.kind = 'FIX'
            AND metresBetween(F.lat, F.lon, F.datum, N.lat, N.lon, N.datum) < 300,
          E AS E.kind = 'END' AND E.orderId = S.orderId)
      """;

  private MatchRecognize() {}

  /** The alerts, as {@link Found} writes them. */
  public static DataStream<String> define(DataStream<DriverEvent> events) {
    StreamTableEnvironment tables = StreamTableEnvironment.create(events.getExecutionEnvironment());
    tables.createTemporarySystemFunction("metresBetween", Metres.class);
    tables.createTemporaryView(
        "events",
        tables.fromDataStream(
            events.map(MatchRecognize::row).returns(ROW),
            Schema.newBuilder()
                .column("kind", DataTypes.STRING())
                .column("driverId", DataTypes.STRING())
                .column("orderId", DataTypes.STRING())
                .column("lat", DataTypes.DOUBLE())
                .column("lon", DataTypes.DOUBLE())
                .column("datum", DataTypes.STRING())
                .column("metres", DataTypes.DOUBLE())
                .columnByMetadata("happenedAt", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("happenedAt", "SOURCE_WATERMARK()")
                .build()));
    // One query, so that the planner reads the events once.
    Table alerts =
        tables.sqlQuery(
            String.join("UNION ALL\n", MARGIN_MISSED, ON_SITE_PRESSED_ELSEWHERE, FAKE_ORDER));
    return tables
        .toDataStream(alerts)
        .map(alert -> Found.of(alert.getFieldAs("rule"), alert.getFieldAs("orderId")))
        .returns(Types.STRING);
  }

  private static Row row(DriverEvent event) {
    return Row.of(
        event.kind().name(),
        event.driverId(),
        event.orderId(),
        event.lat(),
        event.lon(),
        event.datum().name(),
        event.metres());
  }

  /** {@link Distance}, for SQL has none. */
  public static final class Metres extends ScalarFunction {
    private static final long serialVersionUID = 1L;

    /** Metres between two points given in degrees: none of them null, but SQL cannot know. */
    public Double eval(
        Double latA, Double lonA, String datumA, Double latB, Double lonB, String datumB) {
      return Distance.metres(latA, lonA, Datum.valueOf(datumA), latB, lonB, Datum.valueOf(datumB));
    }
  }
}

package io.tripwatch.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
  private static String canonical(String json) throws Refusal {
    return CanonicalJson.ofRecord(JsonTree.read(json.toCharArray(), json.length()));
  }

  @Test
  void sortsKeysAtEveryDepthAndLeavesNoSpaces() throws Refusal {
    assertEquals(
        "{\"A\":{},\"a\":[{\"b\":null,\"c\":true},[],\"x y\"],\"b\":false}",
        canonical(
            "{ \"b\" : false, \"a\" : [ {\"c\":true,\"b\":null}, [ ], \"x y\" ], \"A\":{} }"));
  }

  @Test
  void leavesOutTheRecordsOwnReceivedAtOnly() throws Refusal {
    assertEquals(
        "{\"a\":{\"receivedAt\":2}}", canonical("{\"receivedAt\":1,\"a\":{\"receivedAt\":2}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "0.000,0",
    "0e999999999999,0",
    "1,1",
    "1.0,1",
    "10e-1,1",
    "0.01E+2,1",
    "-1.50,-1.5",
    "1e3,1000",
    "123456789012345678901,123456789012345678901",
    "1234567890123456789012,1.234567890123456789012e+21",
    "1e20,100000000000000000000",
    "1e21,1e+21",
    "1e400,1e+400",
    "0.000001,0.000001",
    "0.0000001,1e-7",
    "-12.5e-9,-1.25e-8",
    "9007199254740993,9007199254740993",
    "0.1234567890123456789,0.1234567890123456789",
    "1e99999999999999999999,1e+99999999999999999999",
    "0.1e-99999999999999999999,1e-100000000000000000000"
  })
  void writesEqualNumbersAlikeAndNeverRounds(String number, String expected) throws Refusal {
    assertEquals("{\"n\":" + expected + "}", canonical("{\"n\":" + number + "}"));
  }

  @Test
  void escapesOnlyWhatItMust() throws Refusal {
    assertEquals(
        "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f川😀\\ud800\"}",
        canonical(
            "{\"s\":\"\\u0022\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u5ddd\\ud83d\\ude00\\ud800\"}"));
  }
}

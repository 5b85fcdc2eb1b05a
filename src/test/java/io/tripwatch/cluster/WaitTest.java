package io.tripwatch.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WaitTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void endsWhenTheConditionHolds() throws IOException {
    int[] asked = {0};
    Wait.until("it", told::add, () -> ++asked[0] == 3);
    assertEquals(3, asked[0]);
  }

  @Test
  void endsAtOnceWhenTheConditionCannotHoldAnyMore() {
    IOException dead = new IOException("the process has ended");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                Wait.until(
                    "it",
                    told::add,
                    () -> {
                      throw dead;
                    }));
    assertEquals(dead, e);
  }

  @Test
  void saysWhatItWaitsForOnceThatTakesAMoment() throws IOException {
    Wait.until("the broker to serve", told::add, () -> !told.isEmpty());
    assertEquals(1, told.size());
    assertEquals(
        "waiting for the broker to serve ...", told.get(0).replaceAll(" \\(\\d+ s\\)$", ""));
  }

  @Test
  void anAnswerIsHandedOn() throws Exception {
    CompletableFuture<String> answer = CompletableFuture.completedFuture("yes");
    assertEquals("yes", Wait.answer("it", told::add, answer));
    IOException failure = new IOException("no");
    CompletableFuture<String> failed = CompletableFuture.failedFuture(failure);
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> Wait.answer("it", told::add, failed));
    assertEquals(failure, e.getCause());
  }
}

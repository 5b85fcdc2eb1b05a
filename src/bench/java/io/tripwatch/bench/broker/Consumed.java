package io.tripwatch.bench.broker;

import io.tripwatch.kafka.Topics;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * How many records of the inbound topics the Kafka consumers of this process have been given: asked
 * of the consumers' own metrics, so that Flink and Kafka Streams are counted by the same measure.
 * What was given and is not yet handled is at most a few thousand records of either.
 */
public final class Consumed {
  private static final String METRICS = "kafka.consumer:type=consumer-fetch-manager-metrics,*";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  /** As metrics name them now: an older name, with underscores for dots, stands beside each. */
  private final Set<String> inbound = Set.copyOf(Topics.inbound());

  /** The records consumed so far by all consumers of this process. */
  public long records() {
    double sum = 0;
    for (ObjectName name : names()) {
      String topic = name.getKeyProperty("topic");
      if (name.getKeyProperty("partition") == null && topic != null && inbound.contains(topic)) {
        sum += total(name);
      }
    }
    return (long) sum;
  }

  private Set<ObjectName> names() {
    try {
      return new HashSet<>(beans.queryNames(new ObjectName(METRICS), null));
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  private double total(ObjectName name) {
    try {
      return ((Number) beans.getAttribute(name, "records-consumed-total")).doubleValue();
    } catch (AttributeNotFoundException | InstanceNotFoundException notYetOrNoMore) {
      return 0;
    } catch (JMException e) {
      throw new IllegalStateException("no count of the records consumed: " + e.getMessage(), e);
    }
  }
}

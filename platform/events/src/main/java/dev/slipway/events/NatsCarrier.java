package dev.slipway.events;

import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of NATS JetStream, kept in memory for two minutes. This node hears its own signals at
 * once, whatever becomes of NATS; for the others they wait here until NATS has acknowledged them.
 * Every loss of the connection is answered by a new one, and counts as a gap.
 */
final class NatsCarrier implements Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(NatsCarrier.class);

  private static final String STREAM = "SLIPWAY_SIGNALS";
  private static final String SUBJECT = "slipway.signals";
  private static final Duration KEPT = Duration.ofMinutes(2);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 10_000;

  /** Instead of topics that did not fit: every subscriber is called. */
  private static final String EVERYTHING = "";

  private final Database database;
  private final Connections connections;
  private final String url;
  private final Subscribers subscribers;
  private final String self = UUID.randomUUID().toString();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Wake news = new Wake();
  private final Set<String> waiting = new LinkedHashSet<>();
  private final List<Thread> threads;
  private volatile @Nullable Connection open;

  /** Begins to listen; a server that can not be reached yet is tried again. */
  NatsCarrier(Database database, Connections connections, String url, Subscribers subscribers) {
    this.database = database;
    this.connections = connections;
    this.url = url;
    this.subscribers = subscribers;
    threads =
        List.of(
            Thread.ofVirtual().name("signals in").start(this::listen),
            Thread.ofVirtual().name("signals out").start(this::send));
  }

  @Override
  public void raise(String topic) {
    try {
      database.afterCommit(() -> go(topic));
    } catch (IllegalStateException outsideWritingUnit) {
      go(topic);
    }
  }

  /** A crash between the commit and this moment loses the signal; see decision 0046. */
  private void go(String topic) {
    subscribers.deliver(topic);
    put(List.of(topic));
    news.up();
  }

  private synchronized void put(List<String> topics) {
    if (waiting.size() + topics.size() > MOST_WAITING) {
      waiting.clear();
      waiting.add(EVERYTHING);
    } else {
      waiting.addAll(topics);
    }
  }

  private synchronized List<String> take() {
    var taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  @Override
  public Optional<Outbox> outbox() {
    return connections.beforeCommit(Outbox.class, () -> new Outbox(database, null));
  }

  @Override
  public void close() {
    closed.countDown();
    news.up();
    var connection = open;
    try {
      if (connection != null) {
        connection.close();
      }
      for (var thread : threads) {
        thread.join(LONGEST_STOP);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    var pause = new Backoff();
    try {
      do {
        try (var connection = Nats.connect(options())) {
          var heard = subscribe(connection);
          open = connection;
          news.up();
          pause.reset();
          // Whatever was raised before this moment went unheard.
          subscribers.deliverAll();
          receive(connection, heard);
        } catch (IOException | JetStreamApiException | IllegalStateException failure) {
          LOG.debug("the connection to NATS ended", failure);
        } finally {
          open = null;
        }
      } while (!closedWithin(pause.next()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean closedWithin(Duration pause) throws InterruptedException {
    if (closed.getCount() > 0) {
      // Without the failure's text, in which the URL stands with its password.
      LOG.warn("NATS is out of reach, next try in {} ms", pause.toMillis());
    }
    return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Options options() {
    return Options.builder()
        .server(url)
        .connectionName("slipway")
        .connectionTimeout(CONNECT)
        .pingInterval(SILENCE)
        .noReconnect()
        // All that it could say is seen by what it is told about: this thread.
        .errorListener(new ErrorListener() {})
        .build();
  }

  private static JetStreamSubscription subscribe(Connection connection)
      throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(STREAM)
                .subjects(SUBJECT)
                .storageType(StorageType.Memory)
                .maxAge(KEPT)
                .build());
    return connection
        .jetStream()
        .subscribe(
            SUBJECT,
            PushSubscribeOptions.builder()
                .ordered(true)
                .configuration(
                    ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.New).build())
                .build());
  }

  private void receive(Connection connection, JetStreamSubscription heard)
      throws InterruptedException, IOException, JetStreamApiException {
    while (closed.getCount() > 0 && connection.getStatus() == Connection.Status.CONNECTED) {
      var message = heard.nextMessage(SILENCE);
      if (message != null) {
        hear(new String(message.getData(), StandardCharsets.UTF_8));
      } else if (closed.getCount() > 0) {
        // Fails where the stream is gone, which would be silent for ever.
        connection.jetStreamManagement().getStreamInfo(STREAM);
      }
    }
  }

  private void hear(String text) {
    var end = text.indexOf(' ');
    var sender = end < 0 ? "" : text.substring(0, end);
    var topic = text.substring(end + 1);
    if (sender.equals(self)) {
      return;
    }
    if (topic.equals(EVERYTHING)) {
      subscribers.deliverAll();
    } else {
      subscribers.deliver(topic);
    }
  }

  private void send() {
    var pause = new Backoff();
    try {
      while (closed.getCount() > 0) {
        news.await(SILENCE);
        var connection = open;
        if (connection == null) {
          continue;
        }
        var refused = publish(connection, take());
        if (refused.isEmpty()) {
          pause.reset();
        } else {
          put(refused);
          news.up();
          closed.await(pause.next().toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns those that NATS did not acknowledge; whoever heard one of these hears it twice. */
  private List<String> publish(Connection connection, List<String> topics)
      throws InterruptedException {
    var refused = new ArrayList<String>();
    var acknowledged = new ArrayList<CompletableFuture<PublishAck>>();
    try {
      var stream = connection.jetStream();
      for (var topic : topics) {
        var text = (self + " " + topic).getBytes(StandardCharsets.UTF_8);
        acknowledged.add(stream.publishAsync(SUBJECT, text));
      }
    } catch (IOException | IllegalStateException lost) {
      LOG.debug("signals wait for NATS", lost);
      return topics;
    }
    for (var i = 0; i < topics.size(); i++) {
      try {
        acknowledged.get(i).get(ACKNOWLEDGED.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException unheard) {
        refused.add(topics.get(i));
      }
    }
    return refused;
  }
}

package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask for a page over and over, until the test has seen enough. */
final class Load {
  private static final int CLIENTS = 3;
  private static final long PAUSE_MILLIS = 10;
  private static final int KEPT = 20;

  private final String url;
  private final Map<String, String> headers;
  private final AtomicLong answered = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean over;

  private Load(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
    for (var i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofVirtual().start(this::ask));
    }
  }

  static Load on(String url, Map<String, String> headers) {
    return new Load(url, headers);
  }

  private void ask() {
    while (!over) {
      try {
        var answer = Web.get(url, headers);
        answered.incrementAndGet();
        if (answer.status() != 200) {
          failed(answer.text());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (IOException e) {
        failed(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void failed(String why) {
    if (failures.size() < KEPT) {
      failures.add(why);
    }
  }

  /** Waits until so many more requests were answered. */
  void awaitMore(int requests) throws InterruptedException {
    var goal = answered.get() + requests;
    Await.until("the load goes on", () -> answered.get() >= goal);
  }

  /** Ends, and proves that nothing failed all the time. */
  void endsWithoutFailure() throws InterruptedException {
    awaitMore(CLIENTS);
    ends();
    assertThat(failures).isEmpty();
  }

  /** Ends, whatever failed. */
  void ends() throws InterruptedException {
    over = true;
    for (var client : clients) {
      client.join();
    }
  }
}

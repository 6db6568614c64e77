package dev.slipway.cli.api;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/** A file as a request's body that tells when the connection last took a part of it. */
final class WatchedBody implements BodyPublisher {
  private final BodyPublisher file;
  private volatile long lastTaken = System.nanoTime();

  WatchedBody(Path path) throws FileNotFoundException {
    this.file = BodyPublishers.ofFile(path);
  }

  /** In the terms of {@link System#nanoTime()}. */
  long lastTaken() {
    return lastTaken;
  }

  @Override
  public long contentLength() {
    return file.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> connection) {
    file.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            connection.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer part) {
            lastTaken = System.nanoTime();
            connection.onNext(part);
          }

          @Override
          public void onError(Throwable failure) {
            connection.onError(failure);
          }

          @Override
          public void onComplete() {
            lastTaken = System.nanoTime();
            connection.onComplete();
          }
        });
  }
}

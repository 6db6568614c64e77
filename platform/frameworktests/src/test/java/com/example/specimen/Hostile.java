package com.example.specimen;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Wastes what all share. */
@Path("hostile")
public final class Hostile implements RestResource {
  /** Computes until it is interrupted. */
  @GET
  @Path("spin")
  @Op(value = "hostile.spin.read", access = Access.ROOT_ADMIN, summary = "Spin")
  public Map<String, String> spin() {
    var sum = 0L;
    while (!Thread.currentThread().isInterrupted()) {
      sum++;
    }
    return Map.of("sum", Long.toString(sum));
  }

  /** Waits for nothing. */
  @GET
  @Path("block")
  @Op(value = "hostile.block.read", access = Access.ROOT_ADMIN, summary = "Block")
  public Map<String, String> block() throws Exception {
    new CountDownLatch(1).await();
    return Map.of();
  }

  /** Throws what nobody should catch. */
  @GET
  @Path("throw")
  @Op(value = "hostile.throw.read", access = Access.ROOT_ADMIN, summary = "Throw")
  public Map<String, String> fail() {
    throw new StackOverflowError("on purpose");
  }

  /** Starts a thread and forgets it. */
  @GET
  @Path("leak")
  @Op(value = "hostile.leak.read", access = Access.ROOT_ADMIN, summary = "Leak")
  public Map<String, String> leak() {
    Thread.ofPlatform()
        .name("hostile leak")
        .daemon()
        .start(
            () -> {
              try {
                TimeUnit.DAYS.sleep(1);
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    return Map.of("leaked", "one");
  }
}

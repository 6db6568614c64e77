package com.example.specimen;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A sound resource. */
@Path("hello")
public final class Hello implements RestResource {
  /** Answers at once. */
  @GET
  @Op(value = "specimen.hello.read", access = Access.ROOT_ADMIN, summary = "Say hello")
  public Map<String, String> hello() {
    return Map.of("hello", "world");
  }

  /** Answers when a file has appeared. */
  @GET
  @Path("slow")
  @Op(value = "specimen.slow.read", access = Access.ROOT_ADMIN, summary = "Wait for a file")
  public Map<String, String> slow(
      @QueryParam("begun") String begun, @QueryParam("file") String file) throws Exception {
    Files.createFile(java.nio.file.Path.of(begun));
    while (!Files.exists(java.nio.file.Path.of(file))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return Map.of("hello", "at last");
  }
}

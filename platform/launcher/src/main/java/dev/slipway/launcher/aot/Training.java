package dev.slipway.launcher.aot;

import dev.slipway.launcher.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uses the platform as a client would, so that the cache knows what a running platform needs. */
public final class Training {

  private static final Logger LOG = LoggerFactory.getLogger(Training.class);
  private static final int REQUESTS = 200;

  private Training() {}

  /** Reads every list of the published interface, over and over. */
  public static void exercise(Session session) throws IOException {
    var paths = readRoutes(session);
    var answered = 0;
    for (var i = 0; i < REQUESTS && !paths.isEmpty(); i++) {
      if (session.get(paths.get(i % paths.size())).status() < 500) {
        answered++;
      }
    }
    LOG.info(
        "{} of {} training requests over {} routes answered", answered, REQUESTS, paths.size());
  }

  /** Without ids nothing but lists and singletons can be read; endless streams are left out. */
  private static List<String> readRoutes(Session session) throws IOException {
    var paths = new ArrayList<String>();
    var document = session.get("/api/docs/openapi.json").body();
    for (var route : document.path("paths").properties()) {
      var read = route.getValue().path("get");
      var streams = read.toString().contains("text/event-stream");
      if (!read.isMissingNode() && !streams && !route.getKey().contains("{")) {
        paths.add(route.getKey());
      }
    }
    return paths;
  }
}

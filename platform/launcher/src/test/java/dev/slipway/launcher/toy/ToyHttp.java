package dev.slipway.launcher.toy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Answers what the launcher asks of the platform. */
public final class ToyHttp implements BundleActivator {

  private HttpServer server;

  @Override
  public void start(BundleContext context) throws IOException {
    var password = String.valueOf(context.getProperty("slipway.root.password"));
    var ready = !context.getProperty("slipway.data").endsWith("never-ready");
    server =
        HttpServer.create(
            new InetSocketAddress(
                context.getProperty("slipway.http.host"),
                Integer.parseInt(context.getProperty("slipway.http.port"))),
            10);
    server.createContext(
        "/health/ready",
        exchange ->
            answer(
                exchange,
                ready ? 200 : 503,
                "{\"checks\":[{\"name\":\"toy\",\"status\":\"fail\",\"detail\":\"never\"}]}"));
    server.createContext(
        "/api/auth/login",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var known = body.contains('"' + password + '"');
          answer(exchange, known ? 200 : 401, known ? "{\"accessToken\":\"t\"}" : "{}");
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    server.stop(1);
    ToyFeature.append(context, "http stopped");
  }
}

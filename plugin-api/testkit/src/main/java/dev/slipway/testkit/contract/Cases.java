package dev.slipway.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Gathers cases in order. */
final class Cases {
  private final List<DynamicNode> nodes = new ArrayList<>();

  void add(String name, Executable check) {
    nodes.add(DynamicTest.dynamicTest(name, check));
  }

  Stream<DynamicNode> all() {
    return nodes.stream();
  }
}

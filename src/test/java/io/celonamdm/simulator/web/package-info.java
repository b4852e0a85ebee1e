/** The HTTP side that both simulators share: server, request log, faults. */
@NullMarked
package io.celonamdm.simulator.web;

import org.jspecify.annotations.NullMarked;

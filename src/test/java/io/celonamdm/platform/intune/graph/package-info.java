@NullMarked
package io.celonamdm.platform.intune.graph;

import org.jspecify.annotations.NullMarked;

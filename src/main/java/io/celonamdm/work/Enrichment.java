package io.celonamdm.work;

import io.celonamdm.platform.Handover;
import io.celonamdm.platform.MdmDevice;
import io.celonamdm.platform.csv.KnownEids;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives devices EIDs that their MDM does not show. */
@Component
public class Enrichment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrichment.class);

    Enrichment() {}

    /**
     * Reads the sync's file of EIDs, if it has one.
     *
     * @throws IOException if it cannot be read: a device that has lost its EID would count as gone
     */
    public KnownEids read(@ExchangeProperty("sync") Sync sync) throws IOException {
        return KnownEids.read(sync.mdm());
    }

    /** The devices of a page, with what the file knows of them. */
    public List<MdmDevice> fill(@Body @Nullable Object page, @ExchangeProperty("known-eids") KnownEids known) {
        return Handover.devices(page).stream().map(known::fill).toList();
    }

    /** Tells how many devices have got an EID. */
    public void tell(@ExchangeProperty("sync") Sync sync, @ExchangeProperty("known-eids") KnownEids known) {
        if (!sync.mdm().enrich().file().isBlank()) {
            LOG.info("{} devices have their EID from mdm.enrich.file, which has {}", known.given(), known.size());
        }
    }
}

package io.celonamdm.platform.csv;

import io.celonamdm.ledger.Standings;
import io.celonamdm.ledger.Standings.Downloader;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** All devices of a sync that were not seen with their eSIM, read from the ledger in batches. */
final class Downloaders implements Iterator<Downloader> {
    private static final int CHUNK = 500;

    private final Standings standings;
    private final String sync;
    private Iterator<Downloader> chunk = List.<Downloader>of().iterator();
    private String last = "";

    Downloaders(Standings standings, String sync) {
        this.standings = standings;
        this.sync = sync;
    }

    @Override
    public boolean hasNext() {
        if (!chunk.hasNext()) {
            chunk = standings.downloaders(sync, last, CHUNK).iterator();
        }
        return chunk.hasNext();
    }

    @Override
    public Downloader next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Downloader next = chunk.next();
        last = next.eid();
        return next;
    }
}

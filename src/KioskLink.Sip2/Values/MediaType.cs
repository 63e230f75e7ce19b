namespace KioskLink.Sip2;

/// <summary>What an item is, three digits (CK).</summary>
public enum MediaType
{
    /// <summary>000: other.</summary>
    Other = 0,

    /// <summary>001: a book.</summary>
    Book = 1,

    /// <summary>002: a magazine.</summary>
    Magazine = 2,

    /// <summary>003: a bound journal.</summary>
    BoundJournal = 3,

    /// <summary>004: an audio tape.</summary>
    AudioTape = 4,

    /// <summary>005: a video tape.</summary>
    VideoTape = 5,

    /// <summary>006: a CD or CD-ROM.</summary>
    Disc = 6,

    /// <summary>007: a diskette.</summary>
    Diskette = 7,

    /// <summary>008: a book with a diskette.</summary>
    BookWithDiskette = 8,

    /// <summary>009: a book with a CD.</summary>
    BookWithDisc = 9,

    /// <summary>010: a book with an audio tape.</summary>
    BookWithTape = 10,
}

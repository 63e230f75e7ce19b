using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Disclosures;

/// <summary>A run's disclosures before they are recorded.</summary>
/// <param name="Drafts">The disclosures.</param>
/// <param name="Held">Persons whose claims are held back, since their processing is restricted (R76).</param>
internal sealed record DraftRun(IReadOnlyList<DraftDisclosure> Drafts, int Held);

/// <summary>A disclosure before it is recorded.</summary>
internal sealed record DraftDisclosure
{
    /// <summary>The kind.</summary>
    public required DisclosureKind Kind { get; init; }

    /// <summary>Who receives it.</summary>
    public required string Recipient { get; init; }

    /// <summary>The municipality whose own material it is about; empty where it is about none.</summary>
    public string Municipality { get; init; } = "";

    /// <summary>On what legal basis.</summary>
    public required string Basis { get; init; }

    /// <summary>ISO week or date.</summary>
    public required string Period { get; init; }

    /// <summary>What the file is, for its name: lower case, words joined by hyphens.</summary>
    public required string What { get; init; }

    /// <summary>The file's extension, with its dot.</summary>
    public string Extension { get; init; } = ".csv";

    /// <summary>Names of the fields in the file.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The file.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Records in the file.</summary>
    public required int Records { get; init; }

    /// <summary>The patrons whom it is about.</summary>
    public required IReadOnlyCollection<long> Subjects { get; init; }

    /// <summary>Whose each record of the file is, in their order; none where the file as a whole is about its persons.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];

    /// <summary>Keys of loans or invoices that go with it and never again.</summary>
    public IReadOnlyCollection<string> Items { get; init; } = [];
}

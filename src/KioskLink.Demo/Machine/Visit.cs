using KioskLink.Sip2;

namespace KioskLink.Demo.Machine;

/// <summary>One patron at the machine: the card, the PIN until the end of the visit, what lies on the shelf, the receipt. Not thread-safe.</summary>
internal sealed class Visit : IDisposable
{
    /// <summary>The most items on the shelf at once.</summary>
    public const int PlateMax = 12;

    private readonly List<PlateItem> _plate = [];
    private readonly List<string> _receipt = [];

    /// <summary>The card; empty before one was put in.</summary>
    public string Card { get; private set; } = "";

    /// <summary>The PIN, once it was right.</summary>
    public Secret? Pin { get; private set; }

    /// <summary>What lies on the shelf.</summary>
    public IReadOnlyList<PlateItem> Plate => [.. _plate];

    /// <summary>What was done.</summary>
    public IReadOnlyList<string> Receipt => [.. _receipt];

    /// <summary>`idle`, `pin` or `open`.</summary>
    public string Phase => Card.Length == 0 ? "idle" : Pin is null ? "pin" : "open";

    /// <summary>Takes a card; the receipt of the patron before is gone.</summary>
    public void Insert(string card)
    {
        GiveBack();
        _receipt.Clear();
        Card = card;
    }

    /// <summary>Keeps a PIN that was right, to send it with loans.</summary>
    public void Open(Secret pin) => Pin = pin;

    /// <summary>Lays an item on the shelf, or puts another word behind it.</summary>
    public void Put(PlateItem item)
    {
        var place = _plate.FindIndex(one => one.Barcode == item.Barcode);
        if (place >= 0)
            _plate[place] = item;
        else if (_plate.Count < PlateMax)
            _plate.Add(item);
    }

    /// <summary>Takes an item away; false where it does not lie there.</summary>
    public bool TakeAway(string barcode) => _plate.RemoveAll(item => item.Barcode == barcode) > 0;

    /// <summary>Writes a line on the receipt.</summary>
    public void Print(string line) => _receipt.Add(line);

    /// <summary>The card comes back and the PIN is wiped; the receipt stays to be taken.</summary>
    public void GiveBack()
    {
        Pin?.Dispose();
        (Pin, Card) = (null, "");
    }

    /// <summary>The patron goes with everything.</summary>
    public void Leave()
    {
        GiveBack();
        _plate.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => GiveBack();
}

using System.Globalization;
using KioskLink.Demo.Samples;
using KioskLink.Sip2;
using KioskLink.Sip2.Client;

namespace KioskLink.Demo.Machine;

/// <summary>
/// A checkout machine: card, PIN, items on its shelf, loans, returns, renewals, a receipt. It knows no library; it asks the node in SIP2 and shows what
/// comes back. One thing at a time; thread-safe.
/// </summary>
internal sealed class CheckoutMachine(MachineLine line) : IAsyncDisposable
{
    private const int CardMax = 64, PinMax = 16;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Visit _visit = new();
    private string _language = MachineTexts.Languages[0];
    private (string Tone, string Headline, IReadOnlyList<string> Lines) _shown = ("plain", MachineTexts.In("fi", "idle"), []);

    /// <summary>The machine shows something else.</summary>
    public event Action<MachineScreen>? Changed;

    /// <summary>What the machine shows.</summary>
    public MachineScreen Screen => new(_visit.Phase, _language, _shown.Tone, _shown.Headline, _shown.Lines, _visit.Plate, _visit.Receipt, MachineTexts.LabelsIn(_language));

    private ClientRequests Requests => line.Client.Requests;

    private Language Speech => _language switch { "sv" => Language.Swedish, "en" => Language.English, _ => Language.Finnish };

    /// <summary>Somebody puts a card in. Nobody is asked before the PIN.</summary>
    public Task InsertAsync(string card) => InTurnAsync(() =>
    {
        if (card.Length is > 0 and <= CardMax)
        {
            _visit.Insert(card);
            Show("plain", "pin");
        }
        return Task.CompletedTask;
    });

    /// <summary>Somebody has typed a PIN; it is wiped unless it is right, and then at the end of the visit.</summary>
    public Task TypeAsync(Secret pin) => InTurnAsync(async () =>
    {
        if (_visit.Phase != "pin" || pin.IsEmpty || pin.Utf8.Length > PinMax)
        {
            pin.Dispose();
            return;
        }
        Show("plain", "busy");
        await GreetAsync(pin);
    });

    /// <summary>Somebody lays an item on the shelf, or takes it away again.</summary>
    public Task LayAsync(string barcode) => InTurnAsync(async () =>
    {
        if (_visit.TakeAway(barcode) || barcode.Length is 0 or > CardMax)
            return;
        var known = TitleOf(barcode);
        var answer = await line.Client.AskAsync<ItemInformationResponse>(Requests.Item(barcode));
        _visit.Put(answer.Answer is { } item ? About(item, barcode, known) : new PlateItem(barcode, known, "bad", Failure(answer.Failure)));
        if (_visit.Phase != "open")
            Show("plain", _visit.Phase);
    });

    /// <summary>Lends what lies on the shelf.</summary>
    public Task BorrowAsync() => EachAsync(needsCard: true, async item =>
    {
        var answer = await line.Client.AskAsync<CheckoutResponse>(Requests.CheckOut(_visit.Card, item.Barcode, _visit.Pin));
        return Told(item, answer, answer.Answer is { Ok: true } lent ? MachineTexts.In(_language, "lent", Day(lent.DueDate)) : null);
    });

    /// <summary>Renews what lies on the shelf.</summary>
    public Task RenewAsync() => EachAsync(needsCard: true, async item =>
    {
        var answer = await line.Client.AskAsync<RenewResponse>(Requests.Renew(_visit.Card, item.Barcode, _visit.Pin));
        return Told(item, answer, answer.Answer is { Ok: true } renewed ? MachineTexts.In(_language, "renewed", Day(renewed.DueDate)) : null);
    });

    /// <summary>Takes back what lies on the shelf; that needs no card.</summary>
    public Task ReturnAsync() => EachAsync(needsCard: false, async item =>
    {
        var answer = await line.Client.AskAsync<CheckinResponse>(Requests.CheckIn(item.Barcode));
        return Told(item, answer, answer.Answer is { Ok: true } ? MachineTexts.In(_language, "returned") : null);
    });

    /// <summary>Shows the patron's loans.</summary>
    public Task StatusAsync() => InTurnAsync(async () =>
    {
        if (_visit.Pin is { } pin)
            await GreetAsync(pin);
    });

    /// <summary>The patron goes: the session ends, card and items are taken, the PIN is wiped.</summary>
    public Task LeaveAsync() => InTurnAsync(async () =>
    {
        if (_visit.Phase == "open")
            await line.Client.AskAsync<EndSessionResponse>(Requests.End(_visit.Card));
        _visit.Leave();
        Show("plain", _visit.Receipt.Count > 0 ? "bye" : "idle");
    });

    /// <summary>Chooses the machine's language.</summary>
    public Task SpeakAsync(string language) => InTurnAsync(async () =>
    {
        if (!MachineTexts.Languages.Contains(language))
            return;
        _language = language;
        if (_visit.Pin is { } pin)
            await GreetAsync(pin);
        else
            Show("plain", _visit.Phase);
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        _visit.Dispose();
        _turn.Dispose();
    }

    private async Task GreetAsync(Secret pin)
    {
        var result = await line.Client.AskAsync<PatronInformationResponse>(Requests.Patron(_visit.Card, pin, Speech, PatronList.Charged));
        if (result.Answer is { ValidPatron: true, ValidPin: true } patron)
        {
            _visit.Open(pin);
            var hello = patron.Name.Length > 0 ? MachineTexts.In(_language, "hello", patron.Name) : MachineTexts.In(_language, "welcome");
            _shown = ("good", hello, [.. Counts(patron), .. patron.Charged.Select(TitleOf), .. patron.ScreenMessages]);
            return;
        }
        // An answer that did not come sends nobody away who has proven a PIN before.
        if (result.Answer is null && _visit.Phase == "open")
        {
            _shown = ("bad", Failure(result.Failure), []);
            return;
        }
        pin.Dispose();
        _visit.GiveBack();
        var said = result.Answer?.ScreenMessages ?? [];
        _shown = ("bad", result.Answer is null ? Failure(result.Failure) : said.Count > 0 ? said[0] : MachineTexts.In(_language, "refused"), [.. said.Skip(1)]);
    }

    private IEnumerable<string> Counts(PatronInformationResponse patron)
    {
        // Blanks say that nobody counted, as while the library cannot be reached: that is not the same as none.
        if (patron.ChargedCount is { } charged)
            yield return MachineTexts.In(_language, "counts", charged, patron.OverdueCount ?? 0, (patron.HoldCount ?? 0) + (patron.UnavailableHoldCount ?? 0));
        if (patron.FeeAmount is > 0 and var fees)
            yield return MachineTexts.In(_language, "fees", string.Create(CultureInfo.InvariantCulture, $"{fees:0.00} {patron.Currency}"));
    }

    private Task EachAsync(bool needsCard, Func<PlateItem, Task<PlateItem>> act) => InTurnAsync(async () =>
    {
        if (needsCard && _visit.Phase != "open")
        {
            Show("bad", "card-first");
            return;
        }
        if (_visit.Plate.Count == 0)
            Show("plain", "lay");
        foreach (var item in _visit.Plate)
        {
            _visit.Put(await act(item));
            Changed?.Invoke(Screen);
        }
    });

    private PlateItem Told<T>(PlateItem item, ClientResult<T> result, string? done)
        where T : SpokenResponse
    {
        if (done is not null)
        {
            _visit.Print($"{item.Title}: {done}");
            return item with { Tone = "good", Text = string.Join(' ', result.Answer!.ScreenMessages.Prepend(done)) };
        }
        var said = result.Answer is { } answer ? string.Join(' ', answer.ScreenMessages) : Failure(result.Failure);
        return item with { Tone = "bad", Text = said.Length > 0 ? said : MachineTexts.In(_language, "not-done") };
    }

    private PlateItem About(ItemInformationResponse item, string barcode, string known)
    {
        var (tone, text) = item.Status switch
        {
            CirculationStatus.Available or CirculationStatus.ToBeReshelved => ("plain", MachineTexts.In(_language, "on-shelf")),
            CirculationStatus.Charged or CirculationStatus.ChargedNotRecallable => ("plain", MachineTexts.In(_language, "on-loan", Day(item.DueDate ?? "")).TrimEnd()),
            CirculationStatus.OnHoldShelf => ("plain", MachineTexts.In(_language, "on-hold")),
            _ => ("bad", string.Join(' ', item.ScreenMessages)),
        };
        return new(barcode, item.Title.Length > 0 ? item.Title : known, tone, text);
    }

    private static string TitleOf(string barcode) => SampleItem.All.FirstOrDefault(item => item.Barcode == barcode)?.Title ?? barcode;

    // A due date comes as SIP2 writes times, or in the library system's own words.
    private string Day(string due) =>
        WireTime.LocalIn(due)?.ToString(_language == "en" ? "d MMMM yyyy" : "d.M.yyyy", CultureInfo.InvariantCulture) ?? due;

    // What the library system wrote when it said that it is away comes before the machine's own words.
    private string Failure(ClientFailure failure) => failure switch
    {
        ClientFailure.OffLine => line.Client.Status?.ScreenMessages is [{ Length: > 0 } said, ..] ? said : MachineTexts.In(_language, "away"),
        ClientFailure.OutcomeUnknown or ClientFailure.Damaged or ClientFailure.Unexpected => MachineTexts.In(_language, "unclear"),
        _ => MachineTexts.In(_language, "unreachable"),
    };

    private void Show(string tone, string key)
    {
        _shown = (tone, MachineTexts.In(_language, key), []);
        Changed?.Invoke(Screen);
    }

    private async Task InTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
            Changed?.Invoke(Screen);
        }
    }
}

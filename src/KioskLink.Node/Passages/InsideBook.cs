using System.Globalization;
using System.Text;
using System.Threading.Channels;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Passages;

/// <summary>
/// Who is counted inside. Only the number is kept on disk, over a restart; which cards they are stays in memory. Thread-safe: the disk is
/// written by a loop of its own, so that no door waits for it.
/// </summary>
internal sealed class InsideBook
{
    private readonly Lock _gate = new();
    private readonly Channel<int> _toKeep = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly string _path;
    private readonly Action<string, string?> _alarm;
    private Occupancy _occupancy;

    /// <summary>Reads what the disk holds; what cannot be read counts as nobody.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="counts">Whether anybody is counted at this node: only where there is a way to count people out, too.</param>
    /// <param name="hasCounter">Whether a counter watches the doorways.</param>
    /// <param name="alarm">Raises an alarm: subject and sentence; null in place of the sentence clears it.</param>
    public InsideBook(string dataFolder, bool counts, bool hasCounter, Action<string, string?> alarm)
    {
        (_path, _alarm, Counts) = (Path.Combine(dataFolder, "people-inside"), alarm, counts);
        _occupancy = Occupancy.Of(counts ? Read(_path) : 0, hasCounter);
    }

    /// <summary>Whether anybody is counted at this node.</summary>
    public bool Counts { get; }

    /// <summary>How many are inside; 0 where nobody is counted.</summary>
    public int People
    {
        get
        {
            lock (_gate)
                return _occupancy.People;
        }
    }

    /// <summary>Whether the holder of a card is known to be inside.</summary>
    public bool Holds(string who)
    {
        lock (_gate)
            return _occupancy.Holds(who);
    }

    /// <summary>Somebody came in with a card.</summary>
    public void Enter(string who) => Change(held => held.Enter(who));

    /// <summary>Somebody showed the card on the way out.</summary>
    public void Leave(string who) => Change(held => held.Leave(who));

    /// <summary>The counter saw somebody pass.</summary>
    public void Pass(bool inwards) => Change(held => held.Pass(inwards));

    /// <summary>Nobody's card counts as inside any more.</summary>
    public void Forget(bool keepsCount) => Change(held => held.Forget(keepsCount));

    /// <summary>Keeps the number on disk until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var people in _toKeep.Reader.ReadAllAsync(stopping))
            await Task.Run(() => Keep(people), stopping);
    }

    private void Change(Func<Occupancy, Occupancy> change)
    {
        if (!Counts)
            return;
        lock (_gate)
        {
            var before = _occupancy.People;
            _occupancy = change(_occupancy);
            if (_occupancy.People != before)
                _toKeep.Writer.TryWrite(_occupancy.People);
        }
    }

    private void Keep(int people)
    {
        const string subject = "people-inside";
        try
        {
            DurableFile.Write(_path, Encoding.ASCII.GetBytes(people.ToString(CultureInfo.InvariantCulture)));
            _alarm(subject, null);
        }
        catch (IOException fault)
        {
            _alarm(subject, $"How many people are inside cannot be kept on disk ({fault.Message}), so a restart forgets it: mend the disk.");
        }
    }

    private static int Read(string path) =>
        File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 0;
}

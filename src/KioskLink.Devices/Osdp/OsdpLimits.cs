namespace KioskLink.Devices.Osdp;

/// <summary>Every time, retry and size of an OSDP bus.</summary>
public sealed record OsdpLimits
{
    /// <summary>Devices on one line; more would make a cycle too long.</summary>
    public const int MostDevices = 32;

    /// <summary>The highest address of a device; 127 is for all.</summary>
    public const int HighestAddress = 126;

    /// <summary>Orders to outputs waiting for one device.</summary>
    public const int OutputQueue = 16;

    /// <summary>Lights, tones and texts waiting for one device; newer ones replace older of the same kind.</summary>
    public const int FeedbackQueue = 32;

    /// <summary>The largest file that is sent to a device.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    /// <summary>The longest a question's reply is waited for.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What <see cref="ReplyTimeout"/> is for a fragment of a file that is sent for the first time: readers write to flash memory before they answer.</summary>
    public TimeSpan FileReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How often a file goes on in a new session before it is given up.</summary>
    public int FileSessions { get; init; } = 16;

    /// <summary>How long a device may be offline before a file to it is given up.</summary>
    public TimeSpan FileAbsence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a device may be busy with a file that it has whole.</summary>
    public TimeSpan FileFinish { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A device must begin to answer within this time (SIA OSDP 2.2: REPLY_DELAY), counted from the command's last byte.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What <see cref="ReplyTimeout"/> is for a device that has not answered for a while, unless it is known to take longer: readers begin to answer within
    /// some 10 ms, and while an absent one is waited for, cards at the others wait too.
    /// </summary>
    public TimeSpan AbsentReplyTimeout { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How many starts in vain wait the whole <see cref="ReplyTimeout"/> before they become short.</summary>
    public int AbsentFullTries { get; init; } = 2;

    /// <summary>Each so many starts one waits the whole <see cref="ReplyTimeout"/> all the same, for a device that takes its time.</summary>
    public int AbsentFullEvery { get; init; } = 16;

    /// <summary>The longest pause inside a reply. The standard says 20 ms; USB adapters deliver in lumps of 16.</summary>
    public TimeSpan GapTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest a whole reply may take, babbling devices included.</summary>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the line must be quiet before a command, in character times (SIA OSDP 2.2: two).</summary>
    public int QuietCharacters { get; init; } = 2;

    /// <summary>How long a command waits for the line to be quiet; a transmitter that is stuck never lets it be.</summary>
    public TimeSpan QuietLimit { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a command is sent again, with the same bytes, before the session counts as lost.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The first wait before a device that does not answer is tried again; doubles to <see cref="BackoffMax"/>.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these waits.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait after a BUSY.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many BUSY in a row are taken before the exchange counts as failed.</summary>
    public int BusyMax { get; init; } = 20;

    /// <summary>How long the line is kept free for an order after a card or a key; zero polls on at once.</summary>
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The pause between two polls of a device with cards or keys; zero polls as fast as the line allows. Orders, lights and texts do not wait for it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The same for a device without cards and keys: what it does not need, the readers of its line get. A change at one of its inputs is told at most
    /// this long, one round of polls and its own exchange after it came. Shorter than a hand on an exit button or a door that swings open.
    /// </summary>
    public TimeSpan StatusPollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>An exchange that takes this long is a slow one: several times what a poll takes, at 9600 baud too.</summary>
    public TimeSpan SlowExchange { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>How many times as long as its slow exchange a device then waits for its next poll, so that the others of its line have the most of it.</summary>
    public int SlowShare { get; init; } = 3;

    /// <summary>The longest wait after a slow exchange: shorter than <see cref="StaleSilence"/>, so that its cards still count.</summary>
    public TimeSpan SlowPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of both: half of the 8 s after which a device ends its session by itself (SIA OSDP 2.2).</summary>
    public static readonly TimeSpan LongestPollInterval = TimeSpan.FromSeconds(4);

    /// <summary>What comes in reply to the first so many polls of a session may be old.</summary>
    public int StalePolls { get; init; } = 2;

    /// <summary>After so long without an exchange a reader's next presentations may be old again.</summary>
    public TimeSpan StaleSilence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An order to an output is given up after this time; it is never sent later.</summary>
    public TimeSpan OutputDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause before a device that has refused to lock is told to again. Meanwhile the others of its line are polled.</summary>
    public TimeSpan RelockPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the start the install key may be used.</summary>
    public TimeSpan InstallTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a stopping bus tries to lock its outputs.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a device leaves the line to the others after an exchange of its own: not at all unless that was slow.</summary>
    internal TimeSpan PauseAfter(TimeSpan? exchange)
    {
        var pause = exchange >= SlowExchange ? exchange.Value * SlowShare : TimeSpan.Zero;
        return pause < SlowPause ? pause : SlowPause;
    }

    /// <summary>What is wrong with the limits; null when nothing is.</summary>
    internal string? Problem
    {
        get
        {
            TimeSpan[] waits = [AnswerLimit, FileReplyTimeout, FileAbsence, FileFinish, ReplyTimeout, AbsentReplyTimeout, GapTimeout, ReplyLimit, QuietLimit, BackoffMin, BackoffMax, BusyDelay, OutputDeadline, RelockPause];
            if (waits.Any(wait => wait <= TimeSpan.Zero) || FileSessions < 0 || Retries < 0 || AbsentFullTries < 0 || AbsentFullEvery < 1 || BusyMax < 0 || SlowShare < 0 || QuietCharacters < 0)
                return "a limit is zero or less, and the line would be given up before it was tried";
            return PollInterval > LongestPollInterval || StatusPollInterval > LongestPollInterval
                ? $"a device would end its session between two polls: poll at least every {LongestPollInterval.TotalSeconds} s"
                : null;
        }
    }
}

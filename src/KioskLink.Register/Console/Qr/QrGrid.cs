namespace KioskLink.Register.Console.Qr;

/// <summary>The grid of a QR code of one version: its fixed patterns, and the codewords between them.</summary>
internal sealed class QrGrid
{
    private const int FormatPolynomial = 0x537;
    private const int FormatMask = 0x5412;
    private const int VersionPolynomial = 0x1F25;
    private const int VersionsFrom = 7;

    private readonly int _version;
    private readonly int _size;
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    /// <summary>A grid with its fixed patterns and no data.</summary>
    public QrGrid(int version)
    {
        (_version, _size) = (version, (version * 4) + 17);
        (_dark, _fixed) = (new bool[_size, _size], new bool[_size, _size]);
        for (var at = 0; at < _size; at++)
        {
            Fix(6, at, at % 2 == 0);
            Fix(at, 6, at % 2 == 0);
        }

        Finder(3, 3);
        Finder(_size - 4, 3);
        Finder(3, _size - 4);
        Alignments();
        Format(_dark, 0, isFixing: true);
        Version();
    }

    /// <summary>Modules of a version that hold codewords.</summary>
    public static int RawModules(int version)
    {
        var modules = (((16 * version) + 128) * version) + 64;
        if (version < 2) return modules;
        var alignments = (version / 7) + 2;
        modules -= (((25 * alignments) - 10) * alignments) - 55;
        return version < VersionsFrom ? modules : modules - 36;
    }

    /// <summary>Writes codewords in the columns' zigzag, two modules wide, from the lower right.</summary>
    public void Write(byte[] codewords)
    {
        var bit = 0;
        for (var right = _size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            for (var step = 0; step < _size * 2; step++)
            {
                var x = right - (step % 2);
                var y = ((right + 1) & 2) == 0 ? _size - 1 - (step / 2) : step / 2;
                if (_fixed[x, y] || bit >= codewords.Length * 8) continue;
                _dark[x, y] = ((codewords[bit / 8] >> (7 - (bit % 8))) & 1) == 1;
                bit++;
            }
        }
    }

    /// <summary>The grid with a mask over its data, and the mask's number in it.</summary>
    public bool[,] Masked(int mask)
    {
        var dark = (bool[,])_dark.Clone();
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++) dark[x, y] ^= !_fixed[x, y] && Inverts(mask, x, y);
        }

        Format(dark, mask, isFixing: false);
        return dark;
    }

    /// <summary>How hard a grid is to read: long runs and squares of one colour.</summary>
    public static int Penalty(bool[,] dark)
    {
        var (size, penalty) = (dark.GetLength(0), 0);
        for (var row = 0; row < size; row++)
        {
            var (across, down) = (1, 1);
            for (var at = 1; at < size; at++)
            {
                penalty += Longer(ref across, dark[at, row] == dark[at - 1, row]) + Longer(ref down, dark[row, at] == dark[row, at - 1]);
                if (row > 0 && dark[at, row] == dark[at - 1, row] && dark[at, row] == dark[at, row - 1] && dark[at, row] == dark[at - 1, row - 1]) penalty += 3;
            }
        }

        return penalty;
    }

    private static int Longer(ref int run, bool isSame)
    {
        run = isSame ? run + 1 : 1;
        return run switch { 5 => 3, > 5 => 1, _ => 0 };
    }

    private static bool Inverts(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        _ => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    };

    private void Finder(int x, int y) => Square(x, y, 4, distance => distance is not 2 and not 4);

    private void Alignments()
    {
        if (_version < 2) return;
        var count = (_version / 7) + 2;
        var step = ((_version * 4) + (count * 2) + 1) / ((count * 2) - 2) * 2;
        int[] places = [6, .. Enumerable.Range(0, count - 1).Select(at => _size - 7 - (at * step)).Reverse()];
        foreach (var x in places)
        {
            foreach (var y in places)
            {
                // The corners hold the finders.
                if ((x, y) != (6, 6) && (x, y) != (6, _size - 7) && (x, y) != (_size - 7, 6)) Square(x, y, 2, distance => distance != 1);
            }
        }
    }

    private void Square(int x, int y, int reach, Func<int, bool> isDark)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            for (var dx = -reach; dx <= reach; dx++)
            {
                if (x + dx >= 0 && x + dx < _size && y + dy >= 0 && y + dy < _size) Fix(x + dx, y + dy, isDark(Math.Max(Math.Abs(dx), Math.Abs(dy))));
            }
        }
    }

    // Twice, along the finders: error correction M (its bits are 00) and the mask, fifteen bits with their own correction.
    private void Format(bool[,] dark, int mask, bool isFixing)
    {
        var bits = ((mask << 10) | Remainder(mask, 10, FormatPolynomial)) ^ FormatMask;
        for (var at = 0; at < 15; at++)
        {
            var isDark = ((bits >> at) & 1) == 1;
            var (x, y) = at switch { < 6 => (8, at), 6 => (8, 7), 7 => (8, 8), 8 => (7, 8), _ => (14 - at, 8) };
            Put(x, y, isDark);
            if (at < 8) Put(_size - 1 - at, 8, isDark);
            else Put(8, _size - 15 + at, isDark);
        }

        Put(8, _size - 8, true);

        void Put(int x, int y, bool isDark)
        {
            dark[x, y] = isDark;
            if (isFixing) _fixed[x, y] = true;
        }
    }

    private void Version()
    {
        if (_version < VersionsFrom) return;
        var bits = (_version << 12) | Remainder(_version, 12, VersionPolynomial);
        for (var at = 0; at < 18; at++)
        {
            var (far, near, isDark) = (_size - 11 + (at % 3), at / 3, ((bits >> at) & 1) == 1);
            Fix(far, near, isDark);
            Fix(near, far, isDark);
        }
    }

    private static int Remainder(int value, int bits, int polynomial)
    {
        for (var at = 0; at < bits; at++) value = (value << 1) ^ ((value >> (bits - 1)) * polynomial);
        return value;
    }

    private void Fix(int x, int y, bool isDark) => (_dark[x, y], _fixed[x, y]) = (isDark, true);
}
